"""References between parts, salts, Markdown and descriptions (content-09 sections 4.4, 7.1.1, 9.2; protocol-06 7.6)."""

import hashlib
import hmac
import re

import content

CONTENT_ID = re.compile(r"cid:(0|[1-9][0-9]{0,8})@local\.invalid", re.IGNORECASE)
ATTRIBUTE = r"""\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
TAG = re.compile(
    "|".join(
        [
            rf"<[A-Za-z][A-Za-z0-9-]*(?:{ATTRIBUTE})*\s*/?>",
            r"</[A-Za-z][A-Za-z0-9-]*\s*>",
            r"<!---->|<!--(?!-?>)(?:(?!--)[\s\S])*(?<!-)-->",
            r"<\?[\s\S]*?\?>",
            r"<![A-Z]+\s[^>]*>",
            r"<!\[CDATA\[[\s\S]*?\]\]>",
        ]
    )
)
FENCE = re.compile(r"^ {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)(?:\n|$)", re.MULTILINE)


def references(case: dict) -> dict:
    parts = list(indexed(content.decode(bytes.fromhex(case["bytes"]))["nestedPart"]))
    found = [[index, to] for index, part in enumerate(parts) for to in referred(part)]
    sound = all(to < len(parts) and parts[to]["cardinality"] in ("single", "external") for _, to in found)
    return {"outcome": "sound" if sound else "dangling", "output": {"references": found}}


def indexed(part: dict):
    """Depth first, a part before those in it."""
    yield part
    for inner in part.get("parts", ()):
        yield from indexed(inner)


def referred(part: dict) -> list[int]:
    if part["cardinality"] != "single":
        return []
    try:
        text = bytes.fromhex(part["content"]).decode("utf-8")
    except UnicodeDecodeError:
        return []
    return list(dict.fromkeys(int(index) for index in CONTENT_ID.findall(text)))


def salt(case: dict) -> dict:
    mac = hmac.new(bytes.fromhex(case["secret"]), bytes.fromhex(case["nonce"]), hashlib.sha256)
    return {"salt": mac.digest()[:16].hex()}


def markdown_tags(case: dict) -> dict:
    found = [text for _, text in tags(case["text"])]
    return {"outcome": "tags" if found else "none", "output": {"tags": found}}


def markdown_escape(case: dict) -> dict:
    text = case["text"]
    # Without one tag, another can show: one that had begun in what the first made a code span.
    while found := tags(text):
        for at, _ in reversed(found):
            text = text[:at] + "&lt;" + text[at + 1 :]
    return {"text": text}


def tags(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    while at < len(text):
        tag = TAG.match(text, at) if text[at] == "<" else None
        if tag:
            found.append((at, tag[0]))
        at = tag.end() if tag else behind(text, at)
    return found


def behind(text: str, at: int) -> int:
    """Where what is no tag ends: a code block, a code span, an escape, or one character."""
    fence = FENCE.match(text, at) if at == 0 or text[at - 1] == "\n" else None
    if fence:
        mark = fence[1] or fence[2]
        closing = re.compile(rf"^ {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*(?:\n|$)", re.MULTILINE)
        end = closing.search(text, fence.end())
        return end.end() if end else len(text)
    if text[at] == "`":
        ticks = re.compile("`+").match(text, at)[0]
        end = re.compile(rf"(?<!`){ticks}(?!`)").search(text, at + len(ticks))
        return end.end() if end else at + len(ticks)
    return at + (2 if text[at] == "\\" else 1)


def description(case: dict) -> dict:
    media_type = case["mediaType"] or "text/plain;charset=utf-8"
    try:
        text = bytes.fromhex(case["content"]).decode("utf-8") if media_type.startswith("text/") else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        return {"outcome": "other", "output": {"mediaType": media_type}}
    return {"outcome": "text", "output": {"mediaType": media_type, "text": text}}
