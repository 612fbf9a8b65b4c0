"""A SELECT query taken apart: which solutions stand behind a row, which patterns matched them."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from migkg.errors import UsageError
from migkg.sources.paths import Path, written
from migkg.sources.patterns import Reader

_Variables: TypeAlias = dict[str, bool]
"""The variables that the author of a group can see, and whether every solution binds them."""

_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}


class Pattern(NamedTuple):
    """A triple pattern of a graph ("" is the default graph).

    Its match takes part in the solutions in which the variable `branch` is bound ("": in all).
    """

    subject: str
    path: Path
    object: str
    graph: str
    branch: str


class Nested(NamedTuple):
    """A subselect: `columns` of a solution are the `identity` of the row that took part in it."""

    select: Select
    columns: tuple[str, ...]
    branch: str


class Select(NamedTuple):
    """Where the rows of a SELECT come from.

    The query `solutions` finds what stands behind the rows before it is projected or grouped:
    behind a row stand the solutions that have its values of `keys`. A row is known by its values
    of `identity`: the keys, or all columns where a key is not shown; then the query `rows` shows
    the keys beside the columns. Both queries, and the terms of the patterns, need the `prologue`.
    """

    prologue: str
    solutions: str
    keys: tuple[str, ...]
    identity: tuple[str, ...]
    rows: str
    patterns: list[Pattern]
    nested: list[Nested]


class _Context(NamedTuple):
    """What a group belongs to, and the variables around it that an OPTIONAL or EXISTS sees."""

    patterns: list[Pattern]
    nested: list[Nested]
    graph: str
    branch: str
    around: _Variables


def read(text: str) -> Select:
    """Take apart a SELECT query that a SPARQL 1.1 engine has accepted.

    Raises `UsageError` for what is not covered: FROM, SERVICE, a subselect inside GRAPH with a
    variable, and patterns beyond SPARQL 1.1.
    """
    reader = _Reader(text)
    while reader.word() != "SELECT":
        reader.at += 1
    reader.prologue = text[: reader.tokens[reader.at].start]
    return reader.select("")[0]


class _Reader(Reader):
    prologue = ""

    def select(self, graph: str) -> tuple[Select, _Variables]:
        """Read a SELECT over the graph; the columns that it shows."""
        self.at += 1
        self.accept("DISTINCT", "REDUCED")
        start = self.at
        columns = []
        while self.word() not in {"WHERE", "{", "FROM"}:
            columns.append(self.column())
        projection = self.copy(start, self.at)
        self.no_exists(start)
        grouped = self.aggregates(start)
        if self.word() == "FROM":
            raise UsageError("sources cannot be told for a query with FROM")
        self.accept("WHERE")
        context = _Context([], [], graph, "", {})
        start = self.at
        where, visible = self.group(context)
        original = self.copy(start, self.at)
        shown = list(visible) if projection == "*" else [name for _, name in columns]

        conditions = []
        start = self.at
        if self.accept("GROUP"):
            self.at += 1
            while self.word() not in {"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "}", "end"}:
                expression, name = self.column()
                conditions.append((expression, name or self.fresh()))
        grouping, start = start, self.at
        having = self.until("ORDER", "LIMIT", "OFFSET", "VALUES")
        self.until("VALUES")
        self.no_exists(grouping)
        grouped = grouped or bool(conditions) or self.aggregates(start)
        values = self.until()

        keys = [name for _, name in conditions] if grouped else shown
        hidden = [key for key in keys if key not in shown]
        if graph:
            where, original = f"{{ GRAPH {graph} {where} }}", f"{{ GRAPH {graph} {original} }}"
        parts = [where, "" if grouped else values]
        parts += [_bind(e, name) for e, name in (conditions if grouped else columns) if e]
        by = " ".join(f"({e} AS {name})" if e else name for e, name in conditions)
        rows = f"SELECT {projection} {' '.join(hidden)} {original} GROUP BY {by} {having} {values}"
        return Select(
            self.prologue,
            f"SELECT * {{ {' '.join(parts)} }}",
            tuple(keys),
            tuple(shown if hidden else keys),
            rows if hidden else "",
            context.patterns,
            context.nested,
        ), {name: visible.get(name, False) for name in shown}

    def aggregates(self, start: int) -> bool:
        """Tell whether there is an aggregate between `start` and here."""
        passed = self.tokens[start : self.at]
        return any(t.kind == "word" and t.name.upper() in _AGGREGATES for t in passed)

    def group(self, context: _Context, mark: str = "") -> tuple[str, _Variables]:
        """Read a group; its text with nothing hidden. `mark` is a variable to bind besides."""
        self.at += 1
        parts: list[str] = []
        visible: _Variables = {}
        witnesses: list[int] = []
        while not self.accept("}"):
            if self.accept("."):
                continue
            if self.word() == "FILTER" and (found := self.exists()):
                witnesses.append(found)
            text, seen = self.part(context, visible)
            parts.append(text)
            visible = _both(visible, seen)
        parts += [self.witness(at, context, visible) for at in witnesses]
        if mark:
            parts.append(_bind("true", mark))
        return f"{{ {' '.join(parts)} }}", visible

    def part(self, context: _Context, before: _Variables) -> tuple[str, _Variables]:
        """Read an element of a group."""
        word = self.word()
        if word == "SELECT":
            return self.subselect(context)
        if word == "{":
            return self.union(context._replace(around={}))
        if word in {"FILTER", "MINUS", "BIND", "VALUES"}:
            return self.clause()
        if word == "SERVICE":
            raise UsageError("sources cannot be told for a query with SERVICE")
        if self.accept("OPTIONAL"):
            text, seen = self.branch(context._replace(around=_both(context.around, before)))
            return f"OPTIONAL {text}", dict.fromkeys(seen, False)
        start = self.at
        if self.accept("GRAPH"):
            name = self.term()
            named = dict.fromkeys(self.variables(start), True)
            text, seen = self.group(context._replace(graph=name, around={}))
            return f"GRAPH {name} {text}", seen | named
        statements = self.triples()
        context.patterns.extend(Pattern(*s, context.graph, context.branch) for s in statements)
        text = " ".join(f"{s} {written(path)} {o} ." for s, path, o in statements)
        return text, dict.fromkeys(self.variables(start), True)

    def clause(self) -> tuple[str, _Variables]:
        """Copy FILTER, MINUS, BIND or VALUES."""
        start, keyword = self.at, self.word()
        several = self.word(1) == "("
        witnessed = keyword == "FILTER" and self.exists()
        self.call()
        if keyword in {"FILTER", "BIND"} and not witnessed:
            self.no_exists(start)
        binds: list[str] = []
        if keyword == "BIND":
            binds = [self.copy(self.at - 2, self.at - 1)]
        elif keyword == "VALUES":
            if several:
                self.call()
            binds = self.variables(start)
        return self.copy(start, self.at), dict.fromkeys(binds, False)

    def exists(self) -> int:
        """Find the group of an EXISTS that is all of the FILTER here but for brackets; 0: none."""
        group = self.at + 2
        while self.word(group - 1 - self.at) == "(":
            group += 1
        if self.word(group - 1 - self.at) != "EXISTS":
            return 0
        opened = range(self.at + 1, group - 1)
        inmost = all(self.closing[at] + at == self.closing[group] + group - 1 for at in opened)
        return group if inmost else 0

    def no_exists(self, start: int) -> None:
        """Refuse an EXISTS between `start` and here; what is within NOT EXISTS has no match."""
        at = start
        while at < self.at:
            if self.tokens[at].kind == "word" and self.tokens[at].name.upper() == "EXISTS":
                two, one = (token.name.upper() for token in self.tokens[at - 2 : at])
                if one != "NOT" and (one != "!" or two == "!"):
                    raise UsageError(
                        "sources cannot be told for EXISTS within an expression; "
                        "write FILTER EXISTS { … } on its own"
                    )
                at = self.closing[at + 1]
            at += 1

    def branch(self, context: _Context) -> tuple[str, _Variables]:
        """Read a group that need not take part in every solution."""
        mark = self.fresh()
        return self.group(context._replace(branch=mark), mark)

    def union(self, context: _Context) -> tuple[str, _Variables]:
        """Read a group and its alternatives."""
        if self.tokens[self.closing[self.at] + 1].name.upper() != "UNION":
            return self.group(context)
        texts: list[str] = []
        seen: list[_Variables] = []
        while not texts or self.accept("UNION"):
            text, visible = self.branch(context)
            texts.append(text)
            seen.append(visible)
        names = {name for visible in seen for name in visible}
        return " UNION ".join(texts), {n: all(v.get(n) for v in seen) for n in names}

    def witness(self, start: int, context: _Context, before: _Variables) -> str:
        """Make what FILTER EXISTS found visible: its group once more, its own variables renamed.

        So are those that may be unbound where the filter stands; they are compared if bound.
        """
        back, rename = self.at, self.rename
        known = _both(context.around, before)
        own = self.fresh()

        def apart(name: str) -> str:
            name = rename(name)
            return name if known.get(name) else f"{own}_{name[1:]}"

        self.at, self.rename = start, apart
        text, seen = self.branch(context._replace(around=known))
        self.at, self.rename = back, rename
        pairs = [(name, f"{own}_{name[1:]}") for name in known]
        equal = [f"FILTER(COALESCE(sameTerm({a}, {b}), true))" for a, b in pairs if b in seen]
        return f"OPTIONAL {text[:-1]}{' '.join(equal)} }}"

    def subselect(self, context: _Context) -> tuple[str, _Variables]:
        """Copy a subselect; beside it copies of its columns that nothing else can bind."""
        if context.graph.startswith("?"):
            raise UsageError(f"sources cannot be told for a subselect in GRAPH {context.graph}")
        start = self.at
        select, shown = self.select(context.graph)
        columns = tuple(self.fresh() for _ in select.identity)
        context.nested.append(Nested(select, columns, context.branch))
        binds = map(_bind, select.identity, columns)
        return f"{{ {self.copy(start, self.at)} }} {' '.join(binds)}", shown


def _bind(expression: str, name: str) -> str:
    return f"BIND({expression} AS {name})"


def _both(some: _Variables, others: _Variables) -> _Variables:
    return {name: some.get(name) or others.get(name, False) for name in some | others}
