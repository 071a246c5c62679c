"""Small decision models for tests, written as a person would write them."""

from jingkai.core.rules.dmn import namespaces, reading
from jingkai.core.rules.dmn.model import Model

NAMESPACE = "https://jingkai.example/test"


def xml(body: str, *, uri: str = namespaces.MODEL, namespace: str = NAMESPACE) -> bytes:
    """Return a file with this inside its definitions."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{uri}" name="测试"'
        f' namespace="{namespace}">\n{body}\n</definitions>\n'
    ).encode()


def model(*bodies: str) -> Model:
    """Return the model with these elements."""
    return reading.read(xml("\n".join(bodies)))


def fact(name: str, of: str = "") -> str:
    """Return an input."""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}"{_type(of)}/></inputData>'


def decision(name: str, logic: str, *, of: str = "", needs: str = "", knows: str = "") -> str:
    """Return a decision; ``needs`` and ``knows`` name elements, with prefix ``~`` for inputs."""
    required = "".join(
        f"<informationRequirement><required{'Input' if need[0] == '~' else 'Decision'}"
        f' href="#{need.lstrip("~")}"/></informationRequirement>'
        for need in needs.split()
    )
    required += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{known}"/></knowledgeRequirement>'
        for known in knows.split()
    )
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"{_type(of)}/>{required}'
        f"{logic if logic.lstrip().startswith('<') else text(logic)}</decision>"
    )


def text(feel: str) -> str:
    """Return a literal expression."""
    return f"<literalExpression><text>{escaped(feel)}</text></literalExpression>"


def knowledge(name: str, parameters: str, body: str, *, of: str = "", knows: str = "") -> str:
    """Return a knowledge model; parameters are ``name`` or ``name:type``, parted by spaces."""
    formal = "".join(
        f'<formalParameter name="{parameter.partition(":")[0]}"'
        f"{_type(parameter.partition(':')[2])}/>"
        for parameter in parameters.split()
    )
    required = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{known}"/></knowledgeRequirement>'
        for known in knows.split()
    )
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"{_type(of)}/>'
        f"<encapsulatedLogic>{formal}{body if body.startswith('<') else text(body)}"
        f"</encapsulatedLogic>{required}</businessKnowledgeModel>"
    )


def table(policy: str, inputs: list[str], outputs: list[str], rules: list[list[str]]) -> str:
    """
    Return a decision table; a policy is ``UNIQUE`` or ``COLLECT SUM``.

    An output is ``name`` or ``name=values|default``.
    """
    hit, _, aggregation = policy.partition(" ") if "ORDER" not in policy else (policy, "", "")
    columns = "".join(
        f"<input><inputExpression><text>{escaped(given)}</text></inputExpression></input>"
        for given in inputs
    )
    columns += "".join(map(_output, outputs))
    rows = "".join(_rule(rule, len(inputs)) for rule in rules)
    how = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable hitPolicy="{hit}"{how}>{columns}{rows}</decisionTable>'


def _output(written: str) -> str:
    name, _, rest = written.partition("=")
    values, _, default = rest.partition("|")
    inside = f"<outputValues><text>{escaped(values)}</text></outputValues>" if values else ""
    if default:
        inside += f"<defaultOutputEntry><text>{escaped(default)}</text></defaultOutputEntry>"
    return f'<output name="{name}">{inside}</output>'


def _rule(cells: list[str], inputs: int) -> str:
    tags = ["inputEntry" if number < inputs else "outputEntry" for number in range(len(cells))]
    inside = "".join(
        f"<{tag}><text>{escaped(cell)}</text></{tag}>"
        for tag, cell in zip(tags, cells, strict=True)
    )
    return f"<rule>{inside}</rule>"


def _type(of: str) -> str:
    return f' typeRef="{of}"' if of else ""


def escaped(content: str) -> str:
    """Return a text as it stands inside XML."""
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
