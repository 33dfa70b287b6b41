"""The part a name plays that needs no event: dateline, government, part of another name, point of reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo.model import Mention, Sentence, Span
from geo.places.governments import government, is_settlement, office
from geo.places.names import Name, covering, is_list_gap
from geo.places.words import IN_THE_NAME, Words, words

_DATELINE_TAIL = re.compile(
    r"(?:,\s+[A-Z][\w.' ]{1,24}?)?"  # DAMASCUS, Syria
    r"(?:,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?))?"  # May 5
    r"(?P<agency>\s*(?:\([^)\n]{2,30}\)|\b(?:AP|AFP|Reuters|Xinhua|dpa|UPI|TASS|ANI|PTI)\b))?"
    r"\s*(?P<mark>--+|[-–—―:](?=\s|[A-Z“\"])|$)"
)
PLACES_LAST = "it places"  # how the reason of a reference begins that says where the name before it lies
WAY_GAPS = ("to", "to the", "and", "and the", "with", "with the")
BESIDE = 6  # names either side that are looked at in one sentence
PLURAL_WITHIN = 110  # characters: a list of seven or eight names
EXPELLED = 6  # words: "drove the last of the militants from X": X is the scene
_INSIDE = re.compile(r"^ (?:in|of|inside|within) (?:the )?(?:[\w'-]+ ){0,2}$")  # "A in the northern B"
_HELD = re.compile(r"^ (?:[\w'-]+ )?(?:city|town|village) of (?:the )?$")  # "the B town of A"
_APPOSED = re.compile(  # "A, a village in B"
    r"^, (?!and |or |but |while |as )(?:also )?(?:an? |the )?(?:[\w'-]+ ){0,4}?"
    r"(?:in|of|inside|within) (?:the )?(?:[\w'-]+ ){0,2}$"
)


_SHORT_FORM = re.compile(rf", ({'|'.join(map(re.escape, sorted(words().short_forms, reverse=True)))})(?:\.|(?=[,)\s]))")


def assign(text: str, folded: str, names: Sequence[Name], sentences: Sequence[Sentence]) -> list[Mention]:
    """Mentions for names: their phrase, what they are said to lie in, and their role."""
    mentions = [_mention(text, name, names, index) for index, name in enumerate(names)]
    _spread_lists(mentions, names, folded)
    _set_inside(mentions, names, text, folded, sentences)
    held = _set_quarters(mentions, names, text, folded)
    for index, name in enumerate(names):
        role, why = _role(text, folded, name, names, index, sentences)
        if role != "open":
            mentions[index] = replace(mentions[index], role=role, role_why=why)
    _spread_roles(mentions, names, folded)
    _set_between(mentions, names, folded)
    _set_references(mentions, names, folded)
    _set_containers(mentions, names, text, folded)
    for index, first in held.items():
        if mentions[index].role == "open":
            why = f"it says where {mentions[first].text} lies"
            mentions[index] = replace(mentions[index], role="context", role_why=why)
    return mentions


def _mention(text: str, name: Name, names: Sequence[Name], index: int) -> Mention:
    """The mention without role and container; its span does not run into its neighbours."""
    phrase = name.phrase
    start = max(phrase.start, names[index - 1].end) if index else phrase.start
    end = min(phrase.end, names[index + 1].start) if index + 1 < len(names) else phrase.end
    start, end = min(start, name.start), max(end, name.end)
    if index and phrase.lead < names[index - 1].phrase.end <= name.start and phrase.kind_hint:
        phrase = replace(phrase, kind_hint=None)  # "A province of B": the noun belongs to A
    if start > phrase.start and phrase.part and phrase.relation == "area":  # "Middle East X": the word is not its own
        phrase = replace(phrase, part=None, relation="at")
        start = name.start
    called = text[name.start : name.end]
    if phrase.kind_hint in IN_THE_NAME and end > name.end and not name.is_country:
        called = text[name.start : end]
    elif phrase.kind_hint in IN_THE_NAME and name.is_country:
        start, end = name.start, name.end
        phrase = replace(phrase, kind_hint=None)
    other = None
    if phrase.relation == "between" and len(name.run) == 2:  # "the X-Y road"
        other = text[name.run[1][0] : name.run[1][1]]
    return Mention(
        Span(start, end),
        text[start:end],
        " ".join(called.split()),
        kind_hint=phrase.kind_hint,
        relation=phrase.relation,
        part=phrase.part,
        distance_m=phrase.distance_m,
        bearing_deg=phrase.bearing_deg,
        other=other,
    )


def _spread_lists(mentions: list[Mention], names: Sequence[Name], folded: str) -> None:
    """A plural class noun counts for the whole list: "Quern and Abber provinces", "the towns of Quern and Abber"."""
    for order in (range(1, len(names)), range(len(names) - 2, -1, -1)):
        for index in order:
            other = index - 1 if order.step > 0 else index + 1
            if mentions[index].kind_hint is not None or not _in_list(mentions, names, folded, index, other):
                continue
            hint = mentions[other].kind_hint
            if names[other].phrase.plural and hint not in IN_THE_NAME:
                mentions[index] = replace(mentions[index], kind_hint=hint)
                names[index].phrase = replace(names[index].phrase, kind_hint=hint, plural=True)


def _in_list(mentions: Sequence[Mention], names: Sequence[Name], folded: str, index: int, other: int) -> bool:
    """Whether two neighbouring names are members of one list."""
    first, second = min(index, other), max(index, other)
    if names[first].sentence != names[second].sentence:
        return False
    gap = folded[mentions[first].span.end : mentions[second].span.start]
    if gap == " " and names[first].phrase.plural:  # "the provinces of Quern Abber and Lorne": commas were lost
        return True
    return is_list_gap(gap)


def _one_list(gap: str, last: Name, name: Name) -> bool:
    """Whether two names stand in one list; under a plural class noun also where the comma was lost."""
    return is_list_gap(gap) or (gap == " " and last.phrase.plural and name.phrase.plural)


def _set_inside(
    mentions: list[Mention], names: Sequence[Name], text: str, folded: str, sentences: Sequence[Sentence]
) -> None:
    """What each name is said to lie in: "A in B province", "A, B", "B's A", and after "In B province, ..."."""
    for index in range(len(names) - 1, 0, -1):
        last, name = names[index - 1], names[index]
        if last.sentence != name.sentence:
            continue
        gap = folded[mentions[index - 1].span.end : mentions[index].span.start]
        called = text[name.start : max(name.end, mentions[index].span.end)]
        comma = gap == ", " and name.is_container and not last.is_container
        comma = comma or (gap == ", " and name.is_country and not last.is_country)
        within = _APPOSED.match(gap) or (_INSIDE.match(gap) and (last.phrase.of_kind or " of " not in gap))
        if (comma or within) and mentions[index].relation in ("at", "area", "edge"):
            mentions[index - 1] = replace(mentions[index - 1], inside=called)
        elif re.match(r"^'s (?:[\w'-]+ ){0,2}$", gap) or _HELD.match(gap):
            mentions[index] = replace(mentions[index], inside=text[last.start : last.end])
        elif mentions[index].inside and not last.is_container and _one_list(gap, last, name):
            mentions[index - 1] = replace(mentions[index - 1], inside=mentions[index].inside)
    for index, name in enumerate(names):
        if mentions[index].inside is None and (short := _SHORT_FORM.match(text, mentions[index].span.end)):
            mentions[index] = replace(mentions[index], inside=words().short_forms[short[1]])
        sentence = sentences[name.sentence]
        opens = folded[sentence.span.start : mentions[index].span.start].strip()
        if opens in ("in", "in the", "within", "elsewhere in", "across") and name.is_container:
            for later in range(index + 1, len(names)):
                if names[later].sentence != name.sentence:
                    break
                if mentions[later].inside is None and not names[later].is_container:
                    mentions[later] = replace(mentions[later], inside=text[name.start : mentions[index].span.end])


def _set_quarters(mentions: list[Mention], names: Sequence[Name], text: str, folded: str) -> dict[int, int]:
    """ "the X neighbourhoods of A, B and C": X holds them all. Which name holds, and the first of those it holds."""
    held: dict[int, int] = {}
    for index in range(len(names) - 1):
        name, hint = names[index], mentions[index].kind_hint
        if not name.phrase.plural or hint != "neighbourhood" or names[index + 1].sentence != name.sentence:
            continue
        gap = folded[mentions[index].span.end : mentions[index + 1].span.start]
        if gap not in (" of ", " of the ") or not is_settlement(name):
            continue
        holder = text[name.start : name.end]
        mentions[index] = replace(mentions[index], inside=None, kind_hint=None, name=holder)
        held[index] = index + 1
        for other in range(index + 1, len(names)):
            if other > index + 1:
                gap = folded[mentions[other - 1].span.end : mentions[other].span.start]
                if names[other].sentence != name.sentence or not (gap == " " or is_list_gap(gap)):
                    break
            hinted = mentions[other].kind_hint or hint
            mentions[other] = replace(mentions[other], inside=mentions[other].inside or holder, kind_hint=hinted)
    return held


def _role(
    text: str, folded: str, name: Name, names: Sequence[Name], index: int, sentences: Sequence[Sentence]
) -> tuple[str, str]:
    """The role that the words next to a name give it, with the reason."""
    lexicon = words()
    if name.seat:
        return "metonym", "stands for a government"
    if why := _part_of_name(text, folded, name, names, lexicon):
        return "part_of_name", why
    sentence = sentences[name.sentence]
    if _is_dateline(text, name, names, index, sentence):
        return "dateline", "the place from which the report was filed"
    before, after = name.near.before, name.near.after
    if len(after) > 1 and after[0] == "-" and text[name.end : name.end + 1] in "-‐‑–":
        suffix = after[1].split("-")[0]
        if suffix in lexicon.suffixes_context:
            return "context", f'"-{suffix}" says where somebody sits'
        if suffix in lexicon.suffixes_metonym and (name.is_country or is_settlement(name)):
            return "metonym", f'"-{suffix}" means the government'
    if len(before) > 1 and before[-1] == "-" and before[-2].split("-")[-1] in lexicon.prefixes_metonym:
        return "metonym", f'"{before[-2]}-" means the government'
    if lexicon.reference.ends(before):
        return "reference", "a border or a road is placed by it"
    if after and after[0] in lexicon.reference_after and name.phrase.kind_hint != "crossing":
        return "reference", "a border is placed by it"
    if len(before) > 1 and before[-1] == "from" and before[-2] in lexicon.routes:
        return "reference", "the end of a way"
    if why := government(folded, name, before, after, lexicon):
        return "metonym", why
    if lexicon.origins.ends(before) and lexicon.expels.isdisjoint(before[-EXPELLED:]):
        return "context", "where somebody comes from"
    return office(text, name, names, before, after, lexicon)


def _part_of_name(text: str, folded: str, name: Name, names: Sequence[Name], lexicon: Words) -> str:
    """Why the name is part of a longer one: an organisation, a paper, a person; "" where it is not."""
    before, after = name.near.before, name.near.after
    if why := _part_of_run(text, folded, name, names, lexicon):
        return why
    left = name.near.left
    told = [token.word for token in left]
    if told and told[-1] == "the":
        left, told = left[:-1], told[:-1]
    count = lexicon.organisation_heads.ends(told[:-1]) if told and told[-1] in ("of", "for", "in") else 0
    if count and text[left[-1 - count].start].isupper():
        return f'part of the name "{text[left[-1 - count].start : name.end]}"'
    if len(after) > 1 and after[0] in lexicon.papers and not name.is_country:
        return f'part of the name "{text[name.start : name.near.right[0].end]}"'
    if before and before[-1] in lexicon.names_before and not name.strong and not name.is_country:
        return "part of a person's name"
    return ""


def _part_of_run(text: str, folded: str, name: Name, names: Sequence[Name], lexicon: Words) -> str:
    """Why the capitalised words right before and after make a longer name of it; "" where they do not."""
    for start, end in name.run:
        word = folded[start:end]
        leads = end <= name.start and name.start - end <= 2 and start == _last_start(name)
        follows = start - name.end == 1 and text[name.end : start] in (" ", "\u00a0")
        if leads and word in lexicon.prefixes_metonym:
            continue  # "Anti-Quern"
        if leads and (word in lexicon.first_names or word in lexicon.titles):
            return f'after "{text[start:end]}" it is a person\'s name'
        if name.in_heading or not (leads or follows):
            continue  # in a heading all words are capitalised
        if (follows or leads) and name.curated and _in_plural(folded, name, lexicon):
            continue  # "the neighbourhoods of Quern Abber and Thrale": a list that lost its commas
        ordinary = _is_ordinary(word, lexicon, names, start) or (follows and lexicon.events.starts([word]) > 0)
        if word in lexicon.organisations or not ordinary:
            return f'part of the name "{text[min(start, name.start) : max(end, name.end)]}"'
    return ""


def _in_plural(folded: str, name: Name, lexicon: Words) -> bool:
    """Whether a plural class noun stands near: "neighbourhoods of ..."."""
    near = folded[max(0, name.start - PLURAL_WITHIN) : name.end + PLURAL_WITHIN]
    return any(word in lexicon.plurals for word in near.replace(",", " ").split())


def _last_start(name: Name) -> int:
    """Where the word of the run before the name starts."""
    return max((start for start, end in name.run if end <= name.start), default=-1)


def _is_ordinary(word: str, lexicon: Words, names: Sequence[Name], start: int) -> bool:
    """Whether a capitalised word beside a name leaves the name alone: a class noun, a people, another place."""
    return (
        word in lexicon.never
        or word in lexicon.kinds
        or word in lexicon.compass
        or lexicon.is_demonym(word)
        or covering(names, start) is not None
    )


def _is_dateline(text: str, name: Name, names: Sequence[Name], index: int, sentence: Sentence) -> bool:
    """Whether the name opens a paragraph as the place of filing: "BEIRUT:", "DAMASCUS, Syria (AP) -"."""
    start = name.start
    printed = text[name.start : name.end]
    if start == sentence.span.start and printed.isupper() and len(printed) > 3 and _opens_running(text, name, sentence):
        return True
    line = text.rfind("\n", 0, start) + 1
    opening = text[line:start].strip()
    if opening:
        last = names[index - 1] if index else None  # "DAMASCUS, Syria (AP) -": both names belong to it
        if (
            not last
            or last.start < line
            or text[last.end : start] not in (", ", "/", " and ")
            or text[line : last.start].strip()
        ):
            return False
        return _is_dateline(text, last, names, index - 1, sentence) and bool(_DATELINE_TAIL.match(text, name.end))
    tail = _DATELINE_TAIL.match(text, name.end)
    if not tail or tail.end() - start > 70 or not tail["mark"]:
        return False
    if printed.isupper() and len(printed) > 3:
        return True
    return bool(tail["agency"]) or (tail["mark"] in ("—", "–", "--") and sentence.kind not in ("title", "heading"))


def _opens_running(text: str, name: Name, sentence: Sentence) -> bool:
    """Whether a sentence that is not all capitals goes on with a capital: "BEIRUT A bomb ...", its comma lost."""
    rest = text[name.end : sentence.span.end]
    return sentence.kind == "body" and rest[:1] == " " and rest[1:2].isupper() and not rest.isupper()


def _spread_roles(mentions: list[Mention], names: Sequence[Name], folded: str) -> None:
    """Members of one list play one part: "Turkey, Saudi Arabia and Qatar supplied", "State of X and the Y"."""
    for index in (*range(1, len(names)), *range(len(names) - 2, -1, -1)):
        for other in (index - 1, index + 1):
            if not 0 <= other < len(names) or mentions[index].role != "open":
                continue
            if not _in_list(mentions, names, folded, index, other):
                continue
            role = mentions[other].role
            same_kind = names[index].is_country == names[other].is_country
            if role == "part_of_name" and other < index and mentions[other].role_why.startswith("part of the name"):
                if " of " in mentions[other].role_why:
                    mentions[index] = replace(mentions[index], role=role, role_why=mentions[other].role_why)
            elif role in ("metonym", "reference") and same_kind and (names[index].is_country or role == "reference"):
                mentions[index] = replace(mentions[index], role=role, role_why=mentions[other].role_why)


def _set_between(mentions: list[Mention], names: Sequence[Name], folded: str) -> None:
    """ "between X and Y", "the road from X to Y"."""
    lexicon = words()
    for index in range(len(names) - 1):
        if names[index].sentence != names[index + 1].sentence:
            continue
        gap = " ".join(folded[mentions[index].span.end : mentions[index + 1].span.start].split())
        before = names[index].near.before
        if gap in WAY_GAPS and mentions[index].role in ("open", "reference") and _on_a_way(before, lexicon):
            both = (names[index], names[index + 1])
            if not any(name.is_country for name in both):
                mentions[index] = replace(
                    mentions[index], role="open", role_why="", relation="between", other=mentions[index + 1].name
                )
                mentions[index + 1] = replace(mentions[index + 1], role="reference", role_why="the other end of a way")
                continue
        if gap in ("and", "and the") and before and before[-1] == "between" and mentions[index].role == "open":
            if names[index].is_country or names[index + 1].is_country:
                if (len(before) > 1 and lexicon.kinds.get(before[-2]) == "crossing") or before[-2:-1] == ["border"]:
                    why = "a border is placed by it"
                    mentions[index] = replace(mentions[index], role="reference", role_why=why)
                    if mentions[index + 1].role == "open" and names[index + 1].is_country:
                        mentions[index + 1] = replace(mentions[index + 1], role="reference", role_why=why)
                continue
            mentions[index] = replace(mentions[index], relation="between", other=mentions[index + 1].name)
            mentions[index + 1] = replace(
                mentions[index + 1], role="reference", role_why="the other end of what lies between"
            )
        elif gap == "to" and mentions[index].role == "reference" and mentions[index + 1].role == "open":
            mentions[index + 1] = replace(mentions[index + 1], role="reference", role_why="the other end of a way")


def _on_a_way(before: list[str], lexicon: Words) -> bool:
    """Whether the words before a name put something on a way that starts there: "along the main road from"."""
    count = lexicon.linking.ends(before)
    told = before[:-count] if count else []
    for noun in (2, 1):
        if len(told) > noun and lexicon.routes.starts(told[-noun:]) == noun:
            told = told[:-noun]
            if "the" in told[-3:]:
                return lexicon.on_ways.ends(told[: len(told) - 1 - told[::-1].index("the")]) > 0
            return lexicon.on_ways.ends(told) > 0
    return False


def _set_references(mentions: list[Mention], names: Sequence[Name], folded: str) -> None:
    """ "A, a village north of B", "A near B": the second is a point of reference, the pin stays on the first."""
    for index, name in enumerate(names):
        mention = mentions[index]
        if (
            mention.role != "open"
            or mention.relation not in ("near", "edge", "direction")
            or name.phrase.lead >= name.start
        ):
            continue
        if index and names[index - 1].sentence == name.sentence and mentions[index - 1].role == "open":
            gap = folded[mentions[index - 1].span.end : name.phrase.lead]
            held = names[index - 1].is_container and not name.is_container and not mention.inside
            if held and mention.relation == "near" and not gap.strip():  # "in Quern province near the town of Abber"
                mentions[index] = replace(mention, inside=mentions[index - 1].text)
                why = f"it says where {mention.text} lies"
                mentions[index - 1] = replace(mentions[index - 1], role="context", role_why=why)
                continue
            if _is_placed_by(gap):
                why = f"{PLACES_LAST} {mentions[index - 1].text}"
                mentions[index] = replace(mention, role="reference", role_why=why)
                continue
        if mention.relation != "direction":
            continue
        for other in range(max(0, index - BESIDE), min(len(names), index + BESIDE + 1)):
            neighbour = names[other]
            beside = other != index and neighbour.sentence == name.sentence and mentions[other].role == "open"
            if beside and not neighbour.is_container and mentions[other].relation in ("at", "near", "edge"):
                mentions[index] = replace(
                    mention, role="reference", role_why=f"{mentions[other].text} is named beside it"
                )
                break


def _set_containers(mentions: list[Mention], names: Sequence[Name], text: str, folded: str) -> None:
    """ "A in B province", "A, B", "B's A": B says where A lies, so that only A can be the scene."""
    for index in range(1, len(names)):
        mention, last = mentions[index], mentions[index - 1]
        if names[index - 1].sentence != names[index].sentence:
            continue
        gap = folded[last.span.end : mention.span.start]
        called = text[names[index].start : max(names[index].end, mention.span.end)]
        holder = text[names[index - 1].start : names[index - 1].end]
        if mention.role == "open" and last.inside == called and last.role in ("open", "context", "reference"):
            mentions[index] = replace(mention, role="context", role_why=f"it says where {last.text} lies")
        elif (
            last.role == mention.role == "open" and mention.inside == holder and (gap[:3] == "'s " or _HELD.match(gap))
        ):
            mentions[index - 1] = replace(last, role="context", role_why=f"it says where {mention.text} lies")


def _is_placed_by(gap: str) -> bool:
    """Whether the text between two names makes the second place the first: ", a village", "(", " just"."""
    lexicon = words()
    told = re.findall(r"[\w'-]+|[^\w\s]", gap)
    if all(
        word in words().just
        or not word[0].isalnum()
        or word in lexicon.kinds
        or word in lexicon.lengths
        or word[0].isdigit()
        for word in told
    ):
        return True
    if told[0] in (",", "(") and len(told) <= 8:
        return not any(word in words().clause for word in told) and (
            told[1] in ("a", "an", "another", "also") or (told[1] == "the" and told[-1] in lexicon.kinds)
        )
    return False
