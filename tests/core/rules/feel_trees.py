"""Random syntax trees of FEEL, of every kind of node, and the names that they use."""

from hypothesis import strategies as st

from jingkai.core.rules.feel import nodes
from jingkai.core.rules.feel.nodes import Sign
from jingkai.core.rules.feel.parsing import Known

NAMES = (
    "a",
    "b",
    "a-b",
    "营业收入",
    "研发费用 占比",
    "Pre-bureau risk category",
    "days in weekend",
    "if only",
    "Student's name",
    "土地面积(亩)",
    "date and time",
)
PLAIN = tuple(name for name in NAMES if "(" not in name)  # what a text may bring itself
KNOWN = Known(frozenset(NAMES), frozenset(NAMES))
COMPARISONS = [Sign.EQUAL, Sign.UNEQUAL, Sign.LESS, Sign.AT_MOST, Sign.GREATER, Sign.AT_LEAST]
ARITHMETIC = [Sign.ADD, Sign.SUBTRACT, Sign.MULTIPLY, Sign.DIVIDE, Sign.POWER]

names = st.sampled_from(NAMES)
plain = st.sampled_from(PLAIN)
keys = st.sampled_from([*PLAIN, "", "a+b", '带"引号"的 键', "2024年", "//"])
numbers = st.decimals(-(10**20), 10**20, places=4) | st.builds(
    lambda digits, exponent: digits.scaleb(exponent),
    st.decimals(-9999, 9999, places=2),
    st.integers(-6000, 6000),
)
types = st.recursive(
    st.builds(
        nodes.NamedType,
        st.sampled_from(
            ["number", "Any", "days and time duration", "tFoo", "lib.tFoo", "list", "context"]
        ),
    ),
    lambda inner: st.one_of(
        st.builds(nodes.ListType, inner),
        st.builds(nodes.RangeType, inner),
        st.builds(nodes.ContextType, st.lists(st.tuples(plain, inner), max_size=2).map(tuple)),
        st.builds(nodes.FunctionType, st.lists(inner, max_size=2).map(tuple), inner),
    ),
    max_leaves=3,
)
leaves = st.one_of(
    st.builds(nodes.Name, names),
    st.builds(
        nodes.Constant,
        st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=5)),
    ),
    st.builds(nodes.AtLiteral, st.sampled_from(["2026-03-01", "P1Y", 'a"b'])),
)


def _many(inner, least=0):
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


def _iterators(inner):
    variables = plain.filter(lambda name: " in " not in name)  # it ends at the first "in"
    return _many(st.builds(nodes.Iterator, variables, inner, st.none() | inner), 1)


def _ranges(inner):
    return st.one_of(
        st.builds(nodes.RangeLiteral, inner, inner, st.booleans(), st.booleans()),
        st.builds(nodes.RangeLiteral, st.none(), inner, st.just(False), st.booleans()),
        st.builds(nodes.RangeLiteral, inner, st.none(), st.booleans(), st.just(False)),
    )


def _functions(inner):
    parameters = _many(st.builds(nodes.Parameter, plain, st.none() | types))
    foreign = st.builds(nodes.ContextLiteral, _many(st.tuples(keys, inner), 1))
    return st.builds(nodes.FunctionDefinition, parameters, inner) | st.builds(
        nodes.FunctionDefinition, parameters, foreign, st.just(True)
    )


def _tests(inner):
    return st.one_of(
        inner,
        _ranges(inner),
        st.builds(nodes.UnaryComparison, st.sampled_from(COMPARISONS), inner),
    )


def _forms(inner):
    return st.one_of(
        st.builds(nodes.Path, inner, names),
        st.builds(nodes.Filter, inner, inner),
        st.builds(nodes.Call, inner, _many(inner)),
        st.builds(nodes.Call, inner, st.just(()), _many(st.tuples(plain, inner), 1)),
        st.builds(nodes.Arithmetic, st.sampled_from(ARITHMETIC), inner, inner),
        st.builds(nodes.Negation, inner),
        st.builds(nodes.Comparison, st.sampled_from(COMPARISONS), inner, inner),
        st.builds(nodes.Between, inner, inner, inner),
        st.builds(nodes.In, inner, _many(_tests(inner), 1)),
        st.builds(nodes.And, _many(inner, 2)),
        st.builds(nodes.Or, _many(inner, 2)),
        st.builds(nodes.If, inner, inner, inner),
        st.builds(nodes.For, _iterators(inner), inner),
        st.builds(nodes.Quantified, st.sampled_from(["some", "every"]), _iterators(inner), inner),
        st.builds(nodes.InstanceOf, inner, types),
        _functions(inner),
        st.builds(nodes.ListLiteral, _many(inner)),
        st.builds(nodes.ContextLiteral, _many(st.tuples(keys, inner))),
        _ranges(inner),
        st.builds(nodes.UnaryComparison, st.just(Sign.UNEQUAL), inner),
    )


expressions = st.recursive(leaves, _forms, max_leaves=12)
unary_tests = st.builds(nodes.UnaryTests, _many(_tests(expressions))) | st.builds(
    nodes.UnaryTests, _many(_tests(expressions), 1), st.just(True)
)
