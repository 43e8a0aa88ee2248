"""One line per hook: what a room does at the birth of a workspace, and when a person leaves it."""

from plano.accounts import ports as accounts_ports
from plano.calendar import queries as calendar_queries
from plano.chat import actions as chat
from plano.chat import queries as chat_queries
from plano.chat.actions.answers import answer_conversation, answer_message
from plano.config import health
from plano.desk import actions as desk
from plano.documents import actions as documents
from plano.documents import queries as documents_queries
from plano.documents.actions import approvals as approvals_actions
from plano.documents.actions import shares as shares_actions
from plano.documents.actions.answers import answer_comment
from plano.meetings import actions as meetings
from plano.meetings import queries as meetings_queries
from plano.notifications import answers
from plano.platform import blobs, references
from plano.platform.references import made
from plano.tasks import actions as tasks
from plano.tasks import queries as tasks_queries
from plano.workspaces import ports
from plano.workspaces import queries as workspaces_queries


def connect() -> None:
    """Rooms add their lines here: `ports.at_birth(...)`, `ports.at_departure(...)`, `references.register(...)`."""
    ports.at_birth(chat.found_general)
    ports.at_departure(documents.leave_workspace)
    ports.at_departure(chat.leave_workspace)
    ports.at_arrival(chat.say_arrival)
    ports.at_farewell(chat.say_farewell)
    accounts_ports.at_disabled(chat.say_disabled)
    ports.at_birth(tasks.found_board)
    ports.at_departure(tasks.leave_workspace)
    references.register("tasks.task", tasks_queries.resolve)
    references.register("chat.channel", chat_queries.resolve)
    references.register("chat.message", chat_queries.resolve_messages)
    references.register("chat.decision", chat_queries.resolve_decisions)
    references.register("event", calendar_queries.resolve)
    made.source("chat.message", chat.keep_made)
    made.result("tasks.task", tasks_queries.describe)
    made.result("event", calendar_queries.describe)
    made.result("chat.decision", chat_queries.describe_decisions)
    ports.at_departure(meetings.leave_workspace)
    references.register("meetings.meeting", meetings_queries.resolve)
    references.register("documents.node", documents_queries.resolve)
    ports.at_departure(shares_actions.stop_links_of)
    ports.at_departure(approvals_actions.leave_workspace)
    ports.at_departure(desk.leave_workspace)
    references.register("workspaces.workspace", workspaces_queries.resolve)
    answers.register("chat.message", answer_message)
    answers.register("chat.channel", answer_conversation)
    answers.register("documents.comment", answer_comment)
    health.add_check("storage", blobs.answers)
