"""What came of a run: a table by what was asked, both databases side by side, as docs/LOAD.md has it."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import config
from tests.bench.load.counting import Counted
from tests.bench.load.running import Run

PAGE = config.ROOT / "docs" / "LOAD.md"
WORDS = Path(__file__).with_name("words.md")
MOST_MS = 1000
LOCKED = ("database is locked", '"OperationalError"')  # a log of JSON lines has the kinds of errors, not their words
ALL = "all answers"
ORDER = ("log", "file of", "first", "search", "page of", "hit", "list", "unit", "file", "record", "form")


@dataclass
class Line:
    """The answers to one kind of question."""

    count: int
    median: float
    p95: float
    p99: float
    slowest: float
    errors: int


@dataclass
class Result:
    """One run on one database."""

    engine: str
    about: dict[str, str]
    lines: dict[str, Line]
    wrong: dict[str, int]  # what was wrong, how often
    acknowledged: int
    amiss: list[str]  # lost, doubled, not sent; in words
    audit_is_whole: bool
    locked: int  # times the server's log says so
    errors: int  # lines of an error in it
    seconds: float
    used: dict[str, float] = field(default_factory=dict)  # seconds of processor
    megabytes: float = 0.0

    @property
    def is_good(self) -> bool:
        whole = self.audit_is_whole and not (self.amiss or self.locked or self.errors or self.wrong)
        return whole and self.lines[ALL].p95 < MOST_MS


def percentile(times: Sequence[float], share: float) -> float:
    """Of times in order: the one that so many are not slower than."""
    return times[max(0, math.ceil(share * len(times)) - 1)]


def result(engine: str, about: dict[str, str], run: Run, counted: Counted, audit_is_whole: bool, log: Path) -> Result:
    times: dict[str, list[float]] = defaultdict(list)
    errors: dict[str, int] = defaultdict(int)
    wrong: dict[str, int] = defaultdict(int)
    for what, ms, why in run.times:
        for name in (what, ALL):
            times[name].append(ms)
            errors[name] += bool(why)
        if why:
            wrong[f"{what}: {why}"] += 1
    others = " (other programs ran on it)" if run.load[0] > 1 else ""
    about |= {"load of the machine before and after": f"{run.load[0]:.1f}, {run.load[1]:.1f}{others}"}
    amiss = [f"lost: {each}" for each in counted.lost] + [f"doubled: {each}" for each in counted.doubled]
    amiss += [f"never sent: {each}" for each in counted.unsent]
    said = list(_log_lines(log))
    locked = sum(any(word in line for word in LOCKED) for line in said)
    return Result(
        engine, about, {name: _line(times[name], errors[name]) for name in sorted(times, key=_place)}, dict(wrong),
        counted.acknowledged, amiss, audit_is_whole, locked, sum(map(_is_error, said)), run.seconds, run.processor,
        run.megabytes,
    )  # fmt: skip


def _place(name: str) -> tuple[int, str]:
    """Looking first, then writing; everything together at the end."""
    if name == ALL:
        return 99, ""
    return next((at for at, word in enumerate(ORDER) if name.startswith(word)), len(ORDER)), name


def _line(times: list[float], errors: int) -> Line:
    times.sort()
    shares = (percentile(times, share) for share in (0.5, 0.95, 0.99, 1))
    return Line(len(times), *shares, errors)


def _log_lines(log: Path) -> Iterator[str]:
    with log.open(encoding="utf-8", errors="replace") as lines:
        yield from lines


def _is_error(line: str) -> bool:
    """An answer of the console's that is its own fault, or a message of an error; else a trace of plain text."""
    try:
        told = json.loads(line)
    except ValueError:
        return line.startswith("Traceback")
    return isinstance(told, dict) and (told.get("level") in ("error", "critical") or told.get("status", 0) >= 500)


# --- kept and shown ---


def keep(found: Result, folder: Path) -> None:
    text = json.dumps(asdict(found), ensure_ascii=False, indent=1)
    (folder / f"load-{found.engine}.json").write_text(text, encoding="utf-8")


def kept(folder: Path, engine: str) -> Result | None:
    """The newest run on that database."""
    path = folder / f"load-{engine}.json"
    if not path.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return Result(**told | {"lines": {name: Line(**line) for name, line in told["lines"].items()}})


def sentences(found: Result) -> Iterator[str]:
    """What a run says besides its table."""
    verdict = "reached" if found.lines[ALL].p95 < MOST_MS else "not reached"
    everything, desks = found.lines[ALL], int(found.about["desks"])
    yield f"p95 of all answers {everything.p95:,.0f} ms (< {MOST_MS:,} ms: {verdict}), {everything.errors} errors"
    amiss = "; ".join(found.amiss) or "0 lost, 0 doubled, 0 that nobody sent"
    yield f"{found.acknowledged:,} writes acknowledged; {amiss}"
    yield f"the audit {'is whole' if found.audit_is_whole else 'DOES NOT HOLD'}"
    yield f"“{LOCKED[0]}” in the server's log: {found.locked}; errors of any kind in it: {found.errors}"
    yield f"{everything.count / found.seconds:.1f} answers a second"
    for name, seconds in found.used.items():
        cores = seconds / found.seconds
        yield f"{name} used {cores:.2f} cores, {1000 * cores / desks:.0f} ms of one a second and desk"
    yield f"memory of the console, all its processes: {found.megabytes:,.0f} MB at most"
    yield from (f"{times} × {why}" for why, times in sorted(found.wrong.items()))


def rows(line: Line | None) -> list[str]:
    if line is None:
        return ["—"] * 5
    return [f"{line.count:,}", *(f"{ms:,.0f}" for ms in (line.median, line.p95, line.p99)), str(line.errors)]


HEADS = ["n", "median", "p95", "p99", "errors"]


def as_text(found: Result) -> str:
    table = [[found.engine, *HEADS, "slowest"]]
    table += [[name, *rows(line), f"{line.slowest:,.0f}"] for name, line in found.lines.items()]
    wide = [max(len(row[at]) for row in table) for at in range(len(table[0]))]
    lines = [
        "  ".join([row[0].ljust(wide[0]), *(cell.rjust(width) for cell, width in zip(row[1:], wide[1:], strict=True))])
        for row in table
    ]
    return "\n".join([*lines, *sentences(found)])


def write(results: Sequence[Result], page: Path = PAGE) -> None:
    """docs/LOAD.md of the newest run on each database."""
    names = sorted({name for each in results for name in each.lines}, key=_place)
    heads = ["ms", *(f"{each.engine}: {head}" if head == "n" else head for each in results for head in HEADS)]
    table = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    table += [[name, *(cell for each in results for cell in rows(each.lines.get(name)))] for name in names]
    body = "\n".join("| " + " | ".join(row) + " |" for row in table)
    text = "# Load\n\nWritten by `make load WRITE=1`; not by hand.\n\n" + WORDS.read_text(encoding="utf-8")
    for each in results:
        text += f"\n## {each.engine}\n\n" + _listed(f"{name}: {said}" for name, said in each.about.items())
        text += "\n" + _listed(sentences(each))
    page.write_text(f"{text}\n## Answers\n\n{body}\n", encoding="utf-8")


def _listed(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)
