"""The raw statements say what the policies and the ORM say."""

import json
from itertools import product
from typing import Any

import pytest
from django.db import connection

from plano.accounts.models import User
from plano.chat import actions, policies, queries, statements
from plano.chat.models import Channel, Message
from plano.chat.schemas import MessageOut
from plano.kernel.clock import now
from plano.kernel.errors import DomainError
from plano.kernel.ids import uuid7
from plano.platform import database
from plano.platform.live import unit_of_work
from plano.workspaces import actions as workspaces
from plano.workspaces.models import AccessScope, Role
from tests.chat.conftest import make_office


def outcome(verb: Any) -> str:
    try:
        verb()
    except DomainError as error:
        return f"{error.status} {error.code}"
    return "done"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("archived", "closed", "opened", "room"), list(product((False, True), (False, True), (True, False), (True, False)))
)
def test_who_may_read_and_post_is_the_same_in_sql_and_in_the_policies(
    archived: bool, closed: bool, opened: bool, room: bool
) -> None:
    office = make_office()
    bruno_opens = actions.open_channel(
        actor=office.bruno,
        workspace_id=office.workspace.id,
        id=uuid7(),
        name="C",
        open=opened,
        members=[office.guest.id],
    )
    scope = AccessScope.objects.get(id=bruno_opens.id)
    with unit_of_work() as emit:  # every combination of a role in the workspace and a role by name
        workspaces.grant_scope(emit=emit, scope=scope, user=office.reader, role=Role.MEMBER, granted_by=office.bruno)
        workspaces.grant_scope(emit=emit, scope=scope, user=office.chloe, role=Role.READER, granted_by=office.bruno)
    if closed:
        actions.archive_channel(actor=office.bruno, channel_id=bruno_opens.id)
    if not room:
        workspaces.update_workspace(actor=office.alice, workspace_id=office.workspace.id, rooms=["tasks"])
    if archived:
        workspaces.archive_workspace(actor=office.alice, workspace_id=office.workspace.id)
    office.bruno.is_active = True
    User.objects.filter(id=office.outsider.id).update(is_active=False)

    for who in ("alice", "bruno", "chloe", "reader", "guest", "outsider"):
        person = getattr(office, who)
        channel = Channel.objects.select_related("workspace").get(id=bruno_opens.id)
        wanted = queries.page_wanted(person, channel.id, before=None, after=None, around=None, thread_id=None, limit=5)
        by_policy = outcome(lambda p=person, c=channel: policies.require_channel(p, c))
        assert outcome(lambda p=person, c=channel, w=wanted: queries.message_page(p, c.id, w)) == by_policy, who
        by_policy = outcome(lambda p=person, c=channel: policies.require_post(p, c))
        sent = outcome(lambda p=person, c=channel: actions.post_message(actor=p, channel_id=c.id, id=uuid7(), text="x"))
        assert sent == by_policy, who
        seen = by_policy.split()[0] != "404"
        assert (channel.id in queries.marks_for(person)) == seen, who


def test_a_message_is_the_same_by_sql_and_by_the_orm(office: Any, say: Any) -> None:
    office.bruno.avatar = "a" * 64
    office.bruno.save()
    root = say("bruno", '@Chloé Nguyen « oui »\n\t"x" \\', mentions=[str(office.chloe.id)])
    say("chloe", "Réponse", thread_id=root["id"])
    office.api("bruno").patch(f"/messages/{root['id']}", {"text": "@Chloé Nguyen « non »"})
    say("bruno", "autre")
    office.api("bruno").delete(f"/messages/{say('bruno', 'ôté')['id']}")

    page = office.api("bruno").get(f"/channels/{office.general.id}/messages").data["items"]
    for item in page:
        message = Message.objects.select_related("author", "channel").get(id=item["id"])
        assert MessageOut.model_validate(item) == queries.message_out(message)
        assert json.loads(queries.message_out(message).model_dump_json()) == item


@pytest.mark.django_db
def test_a_page_of_a_long_channel_reads_an_index_range_only() -> None:
    office = make_office()
    messages = (
        Message(id=uuid7(), channel=office.general, seq=n + 1000, author=office.bruno, text="x", created_at=now())
        for n in range(5000)
    )
    Message.objects.bulk_create(messages, batch_size=1000)
    other = actions.open_channel(actor=office.bruno, workspace_id=office.workspace.id, id=uuid7(), name="Calme")
    actions.post_message(actor=office.bruno, channel_id=other.id, id=uuid7(), text="seul")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE chat_message")
    for channel in (office.general, other):
        for way in ("newest", "before", "around"):
            args = {"user": office.chloe.id, "channel": channel.id, "at": 1 << 61, "thread": None}
            sql = statements.page(way, in_thread=False, limit=50)
            plan = database.rows("EXPLAIN (ANALYZE, FORMAT JSON) " + sql, args)[0][0]
            assert most_rows(plan[0]["Plan"]) <= 60, json.dumps(plan, indent=1)


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["newest", "before", "after", "around"])
def test_a_page_is_planned_a_few_times_and_then_no_more(way: str) -> None:
    office = make_office()
    sql = statements.page(way, in_thread=False, limit=37)
    args = {"user": office.chloe.id, "channel": office.general.id, "at": 1 << 40, "thread": None}
    for _ in range(12):
        database.rows(sql, args)
    asked = "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%%LIMIT 37%%'"
    assert database.rows(asked)[0][0] > 0


@pytest.mark.django_db
def test_sending_is_planned_a_few_times_and_then_no_more() -> None:
    office = make_office()
    for _ in range(12):
        actions.post_message(actor=office.bruno, channel_id=office.general.id, id=uuid7(), text="x")
    asked = "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%%INSERT INTO chat_message%%'"
    assert database.rows(asked)[0][0] > 0


def most_rows(node: dict[str, Any]) -> int:
    """The largest number of rows that one step of a plan touched, thrown away ones included."""
    own = int(node["Actual Rows"]) + int(node.get("Rows Removed by Filter", 0))
    on_messages = own if node.get("Relation Name") == "chat_message" else 0
    return max([on_messages, *(most_rows(child) for child in node.get("Plans", []))])
