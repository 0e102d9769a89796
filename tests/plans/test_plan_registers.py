"""What the plans ask of lists: shipped registers, walked as the desk walks them. Nothing of a plan is in the code."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.demo import makers
from app.kit.columns import today
from app.kit.session import db
from app.registers import shipping
from app.registers.models import Entry
from tests.standing import Standing

Login = Callable[[str], FlaskClient]
WEEK = dt.timedelta(days=7)


@pytest.fixture(scope="module", autouse=True)
def _registers(standing: Standing) -> None:
    """Those that come with the console."""

    def write() -> None:
        for path in shipping.shipped():
            shipping.load(path)

    standing(write)


def newest(key: str) -> Any:
    query = select(Entry).where(Entry.register_key == key).order_by(Entry.id.desc())
    return db.session.scalars(query).first()


def write(client: FlaskClient, key: str, **fields: Any) -> Any:
    """A new entry as its form stores it."""
    answer = client.post(f"/registers/{key}/add", data=fields)
    assert answer.status_code == 302, answer.text
    return newest(key)


def step(client: FlaskClient, entry: Any, name: str, **said: Any) -> TestResponse:
    answer = client.post(f"/registers/{entry.register_key}/{entry.id}/move/{name}", data=said)
    db.session.expire_all()
    return answer


def walked(client: FlaskClient, entry: Any, name: str, **said: Any) -> str:
    """The state after a step that is taken."""
    assert step(client, entry, name, **said).status_code == 302
    return str(entry.state)


def refused(client: FlaskClient, entry: Any, name: str, **said: Any) -> bool:
    """The step is not taken."""
    before = entry.state
    step(client, entry, name, **said)
    return bool(entry.state == before)


def page(client: FlaskClient, entry: Any) -> str:
    return client.get(f"/registers/{entry.register_key}/{entry.id}").text


def meeting(client: FlaskClient, kind: str, topic: str) -> Any:
    return write(client, "meetings", kind=kind, topic=topic, held_at="2026-03-05T09:30")


def test_p1_19_minutes_of_a_service_meeting_are_linked_to_customers(login: Login, cast: Any, site: Any) -> None:
    """A service meeting is minuted, its points hang on customers, and stand on the customer's page until done."""
    manager, clerk = login("manager"), login("clerk")
    held = meeting(clerk, "service", "三月客户服务专题会议")
    assert walked(clerk, held, "hold", present="医生、销售经理、主管", minutes="逐户讨论") == "held"
    assert refused(clerk, held, "confirm") and walked(manager, held, "confirm") == "confirmed"
    customer = makers.make_customer("会上谈到的客户", site=site)
    point = write(
        clerk, "meeting_points", customer=customer.id, meeting=held.id, summary="回访并答复", settled="一周内回访",
        owner=cast["clerk"].id, due=str(today() - WEEK),
    )  # fmt: skip
    assert "回访并答复" in clerk.get(f"/customers/{customer.id}").text
    assert "回访并答复" in page(clerk, held)  # and on the meeting's own page
    assert "Overdue: Points of meetings" in clerk.get("/").text
    assert walked(clerk, point, "finish", result="已回访") == "done"


def test_p2_01_the_lead_group_has_a_head_members_duties_and_minutes(login: Login, cast: Any) -> None:
    """Who leads, with which duties; a member leaves with a reason; the group's meetings are minuted."""
    manager = login("manager")
    head = write(manager, "lead_group", role_in_group="head", member=cast["director"].id, duties="全面负责")
    member = write(manager, "lead_group", role_in_group="member", member_name="外聘顾问", duties="业务指导")
    listed = manager.get("/registers/lead_group/").text
    assert str(cast["director"]) in listed and "外聘顾问" in listed and "Head" in listed
    assert step(manager, member, "leave", until="2026-06-30").status_code == 422  # why?
    assert walked(manager, member, "leave", until="2026-06-30", reason="合同期满") == "left"
    assert "合同期满" in page(manager, member) and head.state == "serving"
    assert login("clerk").get("/registers/lead_group/add").status_code == 403
    assert "领导小组例会" in page(manager, meeting(manager, "lead_group", "领导小组例会"))


def test_p2_07_a_volume_is_inspected_again_put_right_and_checked(login: Login, cast: Any, site: Any) -> None:
    """Defect, rectification, re-check by another person; a filed file takes the finding and stays sealed."""
    file = makers.make_filed_file(makers.make_unit(site=site))
    archivist, clerk, manager = login("archivist"), login("clerk"), login("manager")
    found = write(
        archivist, "volume_checks", file=file.id, standard="GB/T 9705", defect_kind="catalogue", defect="目录缺第12页",
        worker=cast["clerk"].id, deadline=str(today() + WEEK),
    )  # fmt: skip
    assert walked(clerk, found, "rectify", measure="supply", done="已补齐") == "rectified"
    assert refused(clerk, found, "accept")
    assert walked(manager, found, "reject", reason="页码仍不连续") == "found"
    walked(clerk, found, "rectify", measure="supply", done="重新编页")
    assert walked(archivist, found, "accept") == "closed" and file.state == "filed"
    told = page(archivist, found)
    assert "页码仍不连续" in told and "目录缺第12页" in clerk.get(f"/files/{file.id}").text


def rule(client: FlaskClient, **more: Any) -> Any:
    said = {
        "kind": "notice", "title": "档案查阅须知", "edition": "1.0", "effective_on": "2026-04-01",
        "body": "一、凭批准查阅。\n二、不得带离。",
    }  # fmt: skip
    return write(client, "rule_library", **(said | more))


def test_p2_10_a_rule_is_put_in_force_read_by_all_and_hung_on_the_wall(login: Login) -> None:
    """Version and date; everybody of the roles confirms, who is missing is told, a new version asks anew; it prints."""
    archivist, manager, clerk = login("archivist"), login("manager"), login("clerk")
    entry = rule(archivist)
    assert refused(archivist, entry, "issue")  # whoever wrote it does not put it in force
    assert walked(manager, entry, "issue") == "in_force"
    assert "To be read: Rule library" in clerk.get("/").text
    assert "Read by 0 of 4" in page(clerk, entry) and "I have read this" in page(clerk, entry)
    assert clerk.post(f"/registers/rule_library/{entry.id}/read").status_code == 302
    told = page(manager, entry)
    assert "Read by 1 of 4" in told and "missing" in told
    assert "To be read: Rule library" not in clerk.get("/").text
    assert walked(archivist, entry, "post", posted_on="2026-04-02") == "in_force"
    wall = archivist.post(f"/print/wall_rule/{entry.id}")
    assert wall.mimetype == "application/pdf" and b"MediaBox" in wall.data or wall.data.startswith(b"%PDF")
    form = {name: getattr(entry, name) or "" for name in ("kind", "title", "effective_on", "body")}
    amended = archivist.post(
        f"/registers/rule_library/{entry.id}/edit", data={**form, "edition": "2.0", "version": entry.version}
    )
    assert amended.status_code == 302
    db.session.expire_all()
    assert "Read by 0 of 4" in page(manager, entry) and "To be read: Rule library" in clerk.get("/").text
    assert login("technician").post(f"/registers/rule_library/{entry.id}/read").status_code == 302
    assert "Read by 0 of 4" in page(manager, entry)  # it is not asked of a technician


def test_p2_11_rules_are_kept_by_category(login: Login) -> None:
    """Rules of accounts, electronic texts and pictures are found by their category."""
    archivist = login("archivist")
    rule(archivist, title="会计档案管理细则", of_category="accounts", kind="keeping")
    rule(archivist, title="电子文本管理细则", of_category="electronic", kind="keeping")
    rule(archivist, title="图片管理细则", of_category="pictures", kind="keeping")
    only = archivist.get("/registers/rule_library/?of_category=electronic").text
    assert "电子文本管理细则" in only and "会计档案管理细则" not in only and "图片管理细则" not in only


def test_p2_12_an_output_names_the_files_it_was_made_from(login: Login, cast: Any, site: Any) -> None:
    """A guide, a chronicle, a collection: with its author, and each file it drew on."""
    archivist = login("archivist")
    output = write(archivist, "research_outputs", kind="chronicle", title="公司大事记", lead=cast["archivist"].id)
    for _place in range(2):
        file = makers.make_file(makers.make_unit(site=site))
        write(archivist, "research_sources", file=file.id, output=output.id, used_for=f"引自{file.number}")
        assert f"引自{file.number}" in page(archivist, output)
    assert archivist.get(f"/registers/research_sources/?output={output.id}").text.count("引自") == 2


def test_p2_14_scattered_records_are_collected_from_whoever_holds_them(login: Login, cast: Any) -> None:
    """Who holds what, is it collected; what somebody holds bars their account from being closed."""
    clerk = login("clerk")
    held = write(clerk, "scattered_records", topic="投影演示稿", medium="electronic", holder=cast["technician"].id)
    admin = login("admin")
    form = {"full_name": str(cast["technician"]), "role": "technician"}  # without `active`: shut out
    assert "still holds" in admin.post(f"/users/{cast['technician'].id}/change", data=form).text
    assert "投影演示稿" in clerk.get("/registers/scattered_records/?state=held").text
    assert walked(clerk, held, "collect", collected_on=str(today())) == "collected"
    assert "投影演示稿" not in clerk.get("/registers/scattered_records/?state=held").text


def test_p2_15_attendance_of_a_mobilisation_meeting(login: Login, cast: Any) -> None:
    """A mobilisation meeting, and who signed in at the training."""
    manager = login("manager")
    held = meeting(manager, "mobilisation", "达标动员会")
    assert walked(manager, held, "hold", present="全体兼职档案员", minutes="布置任务") == "held"
    trainee = write(
        manager, "training_and_exams", course="归档业务培训", trainee=cast["clerk"].id, held_on="2026-03-05"
    )
    assert walked(login("clerk"), trainee, "attend", hours="4") == "attended"
    assert str(cast["clerk"]) in manager.get("/registers/training_and_exams/?state=attended").text


def test_p2_16_equipment_is_inspected_again_and_again(login: Login, cast: Any) -> None:
    """The eight protections: a defect is mended, and the next inspection follows with its day."""
    archivist = login("archivist")
    shelves = write(archivist, "equipment", kind="shelves", name="手动密集架", quantity="12")
    assert walked(archivist, shelves, "take_in", price="86000", bought_on="2026-01-10", located="库房") == "in_use"
    first = write(
        archivist, "equipment_inspections", machine=shelves.id, topic="库房八防检查", every_days="30",
        protections="dust light rodents insects", due=str(today() - WEEK),
    )  # fmt: skip
    assert "Overdue: Inspections of equipment" in archivist.get("/").text
    assert walked(archivist, first, "report", done_on=str(today()), finding="防光窗帘脱落") == "defect"
    assert walked(archivist, first, "mend", repair="已重新安装") == "done"
    following = newest("equipment_inspections")
    assert following.id != first.id and following.due == today() + dt.timedelta(days=30)
    assert following.machine is shelves and following.protections == "dust light rodents insects"
    assert "库房八防检查" in page(archivist, shelves) and "Overdue: Inspections" not in archivist.get("/").text


def test_p2_17_a_task_has_an_owner_and_a_cost_line(login: Login, cast: Any) -> None:
    """Tasks with owner, day and money; done by one, checked by another; printed with what was spent."""
    manager, clerk = login("manager"), login("clerk")
    task = write(
        manager, "tasks", topic="购置防磁柜", owner=cast["clerk"].id, due=str(today() + WEEK), cost_line="档案设备费",
        budget="12000",
    )  # fmt: skip
    assert walked(clerk, task, "finish", result="已到货", spent="11500.50") == "done"
    assert refused(clerk, task, "close") and walked(manager, task, "close") == "closed"
    assert "11,500.50" in page(manager, task) and "12,000.00" in manager.get("/registers/tasks/").text
    assert manager.post("/registers/tasks/print").mimetype == "application/pdf"


def test_p4_01_a_disposal_plan_is_filed_within_a_week_of_the_announcement(login: Login) -> None:
    """The day follows from the announcement; filed, returned, filed again, agreed; late ones stand on the board."""
    manager = login("manager")
    announced = today() - dt.timedelta(days=9)
    plan = write(
        manager, "authority_filings", topic="撤并街道档案处置方案", authority="区档案局", announced_on=str(announced)
    )
    assert plan.due == announced + WEEK and "Overdue: Filings with an authority" in manager.get("/").text
    assert walked(manager, plan, "file_it", filed_on=str(today())) == "filed"
    assert walked(manager, plan, "returned", reason="缺人员名单") == "returned"
    walked(manager, plan, "file_it", filed_on=str(today()))
    assert walked(manager, plan, "agreed", answer_number="区档〔2026〕3号", answered_on=str(today())) == "agreed"
    assert "区档〔2026〕3号" in page(manager, plan) and "缺人员名单" in page(manager, plan)


def test_p4_19_rooms_and_equipment_are_a_checklist_with_a_budget(login: Login) -> None:
    """What is wanted for the room, what it may cost, what is there: by kind, and as a sheet."""
    archivist, manager = login("archivist"), login("manager")
    wanted = write(archivist, "equipment", kind="dehumidifier", name="抽湿机 20L")
    assert refused(archivist, wanted, "agree", budget="3000")
    assert walked(manager, wanted, "agree", budget="3000") == "ordered"
    write(archivist, "equipment", kind="extinguisher", name="二氧化碳灭火器", quantity="4")
    only = archivist.get("/registers/equipment/?kind=extinguisher").text
    assert "二氧化碳灭火器" in only and "抽湿机" not in only
    assert "抽湿机 20L" in archivist.get("/registers/equipment/export.csv").text


def test_p5_05_a_damaged_volume_has_a_work_order_with_a_deadline(login: Login, cast: Any, site: Any) -> None:
    """New cover, box or label: one order a volume, two copies on paper, overdue on the board."""
    archivist = login("archivist")
    file = makers.make_filed_file(makers.make_unit(site=site))
    order = write(
        archivist, "volume_checks", file=file.id, standard="盒套统一", defect_kind="cover", defect="封皮破损",
        worker=cast["clerk"].id, deadline=str(today() - WEEK),
    )  # fmt: skip
    assert "Overdue: Re-inspection of volumes" in archivist.get("/").text
    printed = archivist.post(f"/registers/volume_checks/{order.id}/print")
    assert printed.mimetype == "application/pdf"
    from app.printing.models import PrintLine

    lines = db.session.scalars(select(PrintLine).where(PrintLine.subject_type == "Entry:volume_checks")).all()
    assert {line.copy_no for line in lines} == {1, 2}
    assert walked(login("clerk"), order, "rectify", measure="recover", done="已换封皮") == "rectified"


def test_p5_09_holdings_are_surveyed_by_period(login: Login, cast: Any) -> None:
    """Each period has who leads it, the office, and its write-up with pictures."""
    archivist = login("archivist")
    for period, title in (("ming_qing", "明清档案综述"), ("war", "抗战时期档案综述")):
        survey = write(
            archivist, "research_outputs", kind="survey", title=title, period=period, lead=cast["archivist"].id,
            office="编研科", abstract="馆藏概况",
        )  # fmt: skip
        assert walked(archivist, survey, "finish", finished_on=str(today()), pictures="6") == "finished"
    only = archivist.get("/registers/research_outputs/?period=war").text
    assert "抗战时期档案综述" in only and "明清档案综述" not in only and "编研科" in only


def test_p5_10_papers_are_counted_and_the_good_ones_chosen(login: Login, cast: Any) -> None:
    """One paper each by the year's end; another person chooses the good ones for the collection."""
    archivist, manager = login("archivist"), login("manager")
    paper = write(
        archivist, "research_outputs", kind="paper", title="户档管理浅论", author="林小满", due=str(today() - WEEK)
    )
    assert "Overdue: Research outputs" in archivist.get("/").text
    walked(archivist, paper, "finish", finished_on=str(today()))
    assert refused(archivist, paper, "choose_it")
    assert walked(manager, paper, "choose_it", submitted_to="省档案学会") == "chosen"
    assert "省档案学会" in page(manager, paper)


def test_p5_11_the_rules_are_one_collection(login: Login) -> None:
    """Laws and rules go out as one sheet with their text, and print as one list."""
    archivist = login("archivist")
    rule(archivist, kind="law", title="中华人民共和国档案法", edition="2020", body="第一条 为了加强档案管理……")
    rule(archivist, title="阅档室守则", body="保持安静。")
    sheet = archivist.get("/registers/rule_library/export.csv").text
    assert "第一条 为了加强档案管理……" in sheet and "保持安静。" in sheet
    assert archivist.post("/registers/rule_library/print").mimetype == "application/pdf"


def test_p6_01_the_house_says_what_it_finds_wanting(login: Login, cast: Any) -> None:
    """Two rooms of 36 m², gaps in collection: found, put right, checked by another."""
    clerk, manager = login("clerk"), login("manager")
    found = write(clerk, "self_audits", side="facility", topic="用房不足", rooms="2", area="36", owner=cast["clerk"].id)
    write(clerk, "self_audits", side="collection", topic="2006年村级材料缺失")
    assert "用房不足" in clerk.get("/registers/self_audits/?side=facility").text
    assert walked(clerk, found, "put_right", result="腾出一间") == "done"
    assert refused(clerk, found, "check") and walked(manager, found, "check") == "closed"


def test_p6_05_one_person_a_unit_is_trained_and_signs_in(login: Login) -> None:
    """The training's list by office or village, brought in as a sheet, and who came."""
    manager = login("manager")
    heads = "培训内容,参训人（外单位）,单位,培训日期"
    rows = f"{heads}\n村级档案培训,张三,东村,2026-01-20\n村级档案培训,李四,西村,2026-01-20\n"
    sent = manager.post("/registers/training_and_exams/bring", data={"file": (io.BytesIO(rows.encode()), "培训.csv")})
    assert sent.status_code == 302, sent.text
    manager.post(f"{sent.location}/apply")
    people = db.session.scalars(select(Entry).where(Entry.register_key == "training_and_exams")).all()
    assert sorted(person.unit_name for person in people) == sorted(["东村", "西村"])
    assert walked(manager, people[0], "attend") == "attended"


def test_p6_10_what_is_to_be_bought_is_a_list(login: Login) -> None:
    """The purchase list: wanted, agreed, bought."""
    archivist, director = login("archivist"), login("director")
    wanted = write(archivist, "equipment", kind="cabinet", name="五节档案柜", quantity="10", budget="8000")
    assert "五节档案柜" in archivist.get("/registers/equipment/?state=wanted").text
    assert walked(director, wanted, "agree", budget="8500") == "ordered"
    assert walked(archivist, wanted, "take_in", price="8200", bought_on=str(today()), located="二楼") == "in_use"


def test_p8_07_a_matter_has_its_receiving_department(login: Login) -> None:
    """Complaints go to the business department; the days that the source lost are the house's to fill in."""
    manager = login("manager")
    line = write(manager, "duty_table", matter="客户投诉", department="业务部门")
    assert line.within_days is None and "业务部门" in login("clerk").get("/registers/duty_table/?q=投诉").text
    changed = {"matter": "客户投诉", "department": "业务部门", "within_days": "3", "version": line.version}
    assert manager.post(f"/registers/duty_table/{line.id}/edit", data=changed).status_code == 302
    db.session.expire_all()
    assert line.within_days == 3
    assert login("clerk").get(f"/registers/duty_table/{line.id}/edit").status_code == 403


def test_p12_03_a_rule_says_what_it_covers(login: Login) -> None:
    """Scope, demands, content, hand-over and arranging, keeping and lending: ticked in the library."""
    covers = "scope demands content handover lending"
    entry = rule(login("manager"), title="客户档案管理办法", kind="keeping", of_category="customers", covers=covers)
    told = page(login("clerk"), entry)
    for word in ("Scope", "Demands", "Content", "Hand-over and arranging", "Keeping and lending"):
        assert word in told


def test_p12_06_a_pass_comes_before_the_post(login: Login, cast: Any) -> None:
    """Without a pass in the register nobody is given the role; with one that still holds they are."""
    admin, manager, clerk = login("admin"), login("manager"), cast["clerk"]
    form = {"full_name": str(clerk), "role": "archivist", "active": "1"}
    refused_ = admin.post(f"/users/{clerk.id}/change", data=form)
    assert "must say" in refused_.text and {role.name for role in clerk.roles} == {"clerk"}
    new = {"username": "xinren", "full_name": "新人", "role": "archivist"}
    assert "must say" in admin.post("/users/new", data=new).text
    exam = write(manager, "training_and_exams", course="档案员上岗考试", trainee=clerk.id, held_on="2026-03-01")
    walked(manager, exam, "attend")
    assert walked(manager, exam, "fail_exam", score="45", reason="理论不及格") == "failed"
    assert "must say" in admin.post(f"/users/{clerk.id}/change", data=form).text
    walked(manager, exam, "again")
    assert walked(manager, exam, "pass_exam", score="82", valid_until=str(today() + WEEK)) == "passed"
    admin.post(f"/users/{clerk.id}/change", data=form)
    db.session.expire_all()
    assert {role.name for role in clerk.roles} == {"archivist"}


def test_p12_08_spot_checks_are_followed_until_closed(login: Login, cast: Any) -> None:
    """By plan and by surprise; sent back until good; the year's targets are assessed by another."""
    manager, clerk, supervisor = login("manager"), login("clerk"), login("supervisor")
    check = write(
        supervisor, "spot_checks", way="surprise", topic="客户档案抽查", checked_on=str(today()),
        finding="用电检查单未签字", owner=cast["clerk"].id, deadline=str(today() - WEEK),
    )  # fmt: skip
    assert "Overdue: Spot checks" in clerk.get("/").text
    walked(clerk, check, "correct", outcome="已补签")
    assert walked(supervisor, check, "send_back", reason="仍缺一份") == "found"
    walked(clerk, check, "correct", outcome="全部补签")
    assert refused(clerk, check, "close") and walked(supervisor, check, "close") == "closed"
    assert "仍缺一份" in page(manager, check) and "Overdue: Spot checks" not in clerk.get("/").text
    target = write(supervisor, "yearly_targets", plan_year="2026", item="档案合格率", target="98%")
    assert refused(supervisor, target, "assess", actual="99%", score="10")
    assert walked(manager, target, "assess", actual="99%", score="10") == "assessed"


def test_p12_09_who_holds_files_that_are_scattered(login: Login, cast: Any) -> None:
    """The holders' register: by person and department, until everything is collected or written off with a reason."""
    clerk, manager = login("clerk"), login("manager")
    held = write(clerk, "scattered_records", topic="客户用电合约", medium="paper", department="营业班",
                 holder_name="退休职工周某")  # fmt: skip
    assert "退休职工周某" in clerk.get("/registers/scattered_records/?q=营业班").text
    assert refused(clerk, held, "write_off", reason="遗失")
    assert walked(manager, held, "write_off", reason="遗失，已登报声明") == "gone"


def test_p13_05_undertakings_and_tasks_from_the_manager(login: Login, cast: Any) -> None:
    """Who has promised to keep secrets, until when; a task from the manager with its day."""
    manager, clerk = login("manager"), login("clerk")
    promise = write(
        manager, "secrecy_undertakings", promiser=cast["archivist"].id, post="档案员", text="不泄露客户信息",
        signed_on="2026-01-01", valid_until=str(today() - WEEK),
    )  # fmt: skip
    assert "Overdue: Secrecy undertakings" in manager.get("/").text
    assert clerk.get(f"/registers/secrecy_undertakings/{promise.id}").status_code == 403
    assert walked(manager, promise, "end", reason="已换岗") == "over"
    task = write(manager, "tasks", topic="每季评估客户档案", owner=cast["clerk"].id, set_by=cast["manager"].id,
                 due=str(today() + WEEK))  # fmt: skip
    assert walked(clerk, task, "finish", result="已报送") == "done"
