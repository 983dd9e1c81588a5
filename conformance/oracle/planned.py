"""What planned inputs beside a file say of the task of a rollout: verifiers drop fields from rollouts."""

from oracle.conversation import conversation_of
from oracle.lines import Json, Line


def planned_of(line: Line) -> dict[str, Json] | None:
    """The planned row of a rollout, if it asks the same: of equal indices alone it may be of another run."""
    return line.planned if line.planned is not None and asked(line.planned) == asked(line.row) else None


def asked(row: dict[str, Json]) -> Json:
    return conversation_of({"responses_create_params": row.get("responses_create_params")}, arguments="text").messages
