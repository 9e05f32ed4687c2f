"""Other names of the case: the codes under which other systems know it, and the cases it is linked to."""

from dataclasses import replace

from workflows.core.events import Message
from workflows.core.state import Alias
from workflows.core.turn import Turn


def given(turn: Turn, message: Message) -> str | None:
    """alias_given a: another system's code for this case; one that is known already changes nothing."""
    code = message.data.get("alias")
    if not isinstance(code, str) or not code:
        return "no-alias"
    alias = Alias(code=code, source=message.source)
    if alias not in turn.state.aliases:
        turn.state = replace(turn.state, aliases=(*turn.state.aliases, alias))
        turn.write("alias_added", data={"alias": alias.code, "source": alias.source})
    return None
