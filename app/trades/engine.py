"""Which rule gives which customer to whom (P1.05): plain data in, plain data out.

The rules are tried in the policy's order, each on all that those before it left undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """One customer to be given to somebody."""

    key: int
    collector: int | None
    area: str = ""
    address: str = ""


@dataclass
class Person:
    """Somebody who calls on customers; `load` is how many they have, those of this batch included."""

    key: int
    areas: tuple[str, ...] = ()
    is_newcomer: bool = False
    ability: int = 0
    efficiency: int = 0
    load: int = 0


@dataclass(frozen=True)
class Policy:
    """The order of the rules, the newcomers' share, and what counts how much."""

    order: tuple[str, ...]
    newcomer_percent: int = 0
    ability: int = 1
    efficiency: int = 1
    workload: int = 1


@dataclass
class Batch:
    """What is being decided: who may keep what they collected, who else may be given customers."""

    people: list[Person]
    keepers: dict[int, Person]
    policy: Policy
    decided: dict[int, tuple[Person, str]] = field(default_factory=dict)

    def give(self, case: Case, person: Person, rule: str) -> None:
        self.decided[case.key] = (person, rule)
        person.load += 1


Rule = Callable[[Batch, Sequence[Case]], None]


def decide(cases: Sequence[Case], batch: Batch) -> dict[int, tuple[int, str]]:
    """case -> (person, rule); what no rule decides is left out, for the manager to decide by hand."""
    for name in batch.policy.order:
        RULES[name](batch, [case for case in cases if case.key not in batch.decided])
    return {key: (person.key, rule) for key, (person, rule) in batch.decided.items()}


def by_collector(batch: Batch, cases: Sequence[Case]) -> None:
    """Who collected a customer keeps it, as long as they collect customers at all."""
    for case in cases:
        if case.collector in batch.keepers:
            batch.give(case, batch.keepers[case.collector], "collector")


def by_area(batch: Batch, cases: Sequence[Case]) -> None:
    """Whoever covers the smallest area that the customer lives in; among equals who has the fewest customers."""
    for case in cases:
        near = [(closeness, person) for person in batch.people if (closeness := _closeness(person, case))]
        if near:
            nearest = max(closeness for closeness, _person in near)
            batch.give(case, _idlest([person for closeness, person in near if closeness == nearest]), "area")


def _closeness(person: Person, case: Case) -> int:
    """Where the last of the person's areas ends in the customer's: addresses go from the large to the small."""
    lives = f"{case.area} {case.address}"
    return max((lives.rfind(area) + len(area) for area in person.areas if area and area in lives), default=0)


def by_newcomer(batch: Batch, cases: Sequence[Case]) -> None:
    """Newcomers have their share of what is left, the first come first."""
    newcomers = [person for person in batch.people if person.is_newcomer]
    if newcomers:
        for case in cases[: share(len(cases), batch.policy.newcomer_percent)]:
            batch.give(case, _idlest(newcomers), "newcomer")


def share(count: int, percent: int) -> int:
    """So many per cent of a number, to the nearest whole one."""
    return (count * percent + 50) // 100


def by_score(batch: Batch, cases: Sequence[Case]) -> None:
    """The best by ability and efficiency, less what they have to do already."""
    for case in cases if batch.people else ():
        batch.give(case, max(batch.people, key=lambda person: (_score(batch.policy, person), -person.key)), "score")


def _score(policy: Policy, person: Person) -> int:
    good = policy.ability * person.ability + policy.efficiency * person.efficiency
    return good - policy.workload * person.load


def _idlest(people: Sequence[Person]) -> Person:
    return min(people, key=lambda person: (person.load, person.key))


RULES: dict[str, Rule] = {
    "collector": by_collector,
    "area": by_area,
    "newcomer": by_newcomer,
    "score": by_score,
}
