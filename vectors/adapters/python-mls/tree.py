"""Ratchet trees as arrays of nodes (RFC 9420 sections 4 and 7): who is above whom, hashes, and what changes do."""

import structures
from hashing import sha256
from names import demand

LEAF, PARENT = "leaf", "parent"


def level(node: int) -> int:
    """0 for leaves."""
    count = 0
    while node >> count & 1:
        count += 1
    return count


def left(node: int) -> int:
    return node ^ (1 << level(node) - 1)


def right(node: int) -> int:
    return node ^ (3 << level(node) - 1)


def parent(node: int) -> int:
    height = level(node)
    return (node | 1 << height) & ~(1 << height + 1)


def is_above(node: int, other: int) -> bool:
    """Whether `other` is `node` or below it."""
    span = (1 << level(node)) - 1
    return node - span <= other <= node + span


class Tree:
    """A tree that never changes; changes give another. A node is a LeafNode or a ParentNode as JSON, or None."""

    def __init__(self, nodes: list) -> None:
        self.nodes = nodes
        self.hashes: dict[int, bytes] = {}

    @staticmethod
    def read(items: list) -> "Tree":
        """From the items of the ratchet_tree extension, which leaves out the blank ones at the end."""
        demand(bool(items) and items[-1] is not None, "a tree that ends with a blank node")
        nodes = []
        for index, item in enumerate(items):
            demand(item is None or item["node_type"] == (PARENT if index % 2 else LEAF), "a node of the other kind")
            nodes.append(item and item["leaf_node" if index % 2 == 0 else "parent_node"])
        width = 1
        while width < len(nodes):
            width = 2 * width + 1
        return Tree(nodes + [None] * (width - len(nodes)))

    # Where nodes are.

    @property
    def root(self) -> int:
        return len(self.nodes) // 2

    def leaf(self, index: int) -> dict | None:
        return self.nodes[2 * index] if 2 * index < len(self.nodes) else None

    def leaves(self) -> list[tuple[int, dict]]:
        """The members with their leaf indices."""
        return [(at // 2, self.nodes[at]) for at in range(0, len(self.nodes), 2) if self.nodes[at] is not None]

    def direct_path(self, index: int) -> list[int]:
        path, node = [], 2 * index
        while node != self.root:
            node = parent(node)
            path.append(node)
        return path

    def filtered_path(self, index: int) -> list[tuple[int, int]]:
        """The nodes of the direct path, each with its child off the path, where that is no empty subtree."""
        found, below = [], 2 * index
        for node in self.direct_path(index):
            off = right(node) if is_above(left(node), below) else left(node)
            if self.resolution(off):
                found.append((node, off))
            below = node
        return found

    def resolution(self, node: int) -> list[int]:
        value = self.nodes[node]
        if value is not None:
            return [node] if level(node) == 0 else [node, *(2 * leaf for leaf in value["unmerged_leaves"])]
        return [] if level(node) == 0 else self.resolution(left(node)) + self.resolution(right(node))

    # Hashes (RFC 9420 sections 7.8 and 7.9).

    def hash(self, node: int | None = None) -> bytes:
        at = self.root if node is None else node
        if at not in self.hashes:
            self.hashes[at] = self.hash_without(at, frozenset())
        return self.hashes[at]

    def hash_without(self, node: int, leaves: frozenset) -> bytes:
        """The hash as it would be without these leaves."""
        value = self.nodes[node]
        if level(node) == 0:
            kept = None if node // 2 in leaves else value
            return hashed({"node_type": LEAF, "leaf_index": node // 2, "leaf_node": kept})
        inner = [self.hash_without(each, leaves) if leaves else self.hash(each) for each in (left(node), right(node))]
        if value is not None and leaves:
            value = {**value, "unmerged_leaves": [leaf for leaf in value["unmerged_leaves"] if leaf not in leaves]}
        return hashed(
            {"node_type": PARENT, "parent_node": value, "left_hash": inner[0].hex(), "right_hash": inner[1].hex()}
        )

    def parent_hash(self, node: int, sibling: int) -> str:
        """What the child of `node` beside `sibling` says of it."""
        value = self.nodes[node]
        original = self.hash_without(sibling, frozenset(value["unmerged_leaves"]))
        return sha256(
            structures.encode("ParentHashInput", {**value, "original_sibling_tree_hash": original.hex()})
        ).hex()

    def is_parent_hash_valid(self) -> bool:
        """Each parent that is not blank is vouched for by a node below it (RFC 9420 section 7.9.2)."""
        return all(
            self.is_vouched_for(node) for node in range(1, len(self.nodes), 2) if self.nodes[node] is not None
        )

    def is_unmerged_right(self) -> bool:
        """Unmerged leaves are there, below their node, in order, and unmerged below that, too (RFC 9420 section 7.1)."""
        return all(
            self.is_unmerged_at(node) for node in range(1, len(self.nodes), 2) if self.nodes[node] is not None
        )

    def is_unmerged_at(self, node: int) -> bool:
        listed = self.nodes[node]["unmerged_leaves"]
        if listed != sorted(set(listed)):
            return False
        for leaf in listed:
            if not is_above(node, 2 * leaf) or self.leaf(leaf) is None:
                return False
            between = [each for each in self.direct_path(leaf) if level(each) < level(node)]
            values = [self.nodes[each] for each in between if self.nodes[each] is not None]
            if any(leaf not in value["unmerged_leaves"] for value in values):
                return False
        return True

    def is_vouched_for(self, node: int) -> bool:
        unmerged = {2 * leaf for leaf in self.nodes[node]["unmerged_leaves"]}
        for child, sibling in ((left(node), right(node)), (right(node), left(node))):
            said = self.parent_hash(node, sibling)
            for below in self.resolution(child):
                value = self.nodes[below]
                others = set(self.resolution(child)) - {below}
                if value.get("parent_hash") == said and others == {each for each in unmerged if is_above(child, each)}:
                    return True
        return False

    # Changes (RFC 9420 section 7.7 and 12.1).

    def changed(self, values: dict[int, dict | None]) -> "Tree":
        nodes = list(self.nodes)
        for node, value in values.items():
            nodes[node] = value
        return Tree(nodes)

    def added(self, leaf: dict) -> tuple["Tree", int]:
        free = next((at for at in range(0, len(self.nodes), 2) if self.nodes[at] is None), None)
        grown = self if free is not None else Tree(self.nodes + [None] * (len(self.nodes) + 1))
        at = len(self.nodes) + 1 if free is None else free
        index = at // 2
        values: dict = {at: leaf}
        for node in grown.direct_path(index):
            value = grown.nodes[node]
            if value is not None:
                values[node] = {**value, "unmerged_leaves": sorted([*value["unmerged_leaves"], index])}
        return grown.changed(values), index

    def updated(self, index: int, leaf: dict | None) -> "Tree":
        """With another leaf, or none, and nothing on its direct path."""
        return self.changed({2 * index: leaf, **dict.fromkeys(self.direct_path(index))})

    def removed(self, index: int) -> "Tree":
        nodes = self.updated(index, None).nodes
        while len(nodes) > 1 and all(node is None for node in nodes[len(nodes) // 2 + 1 :]):
            nodes = nodes[: len(nodes) // 2]
        return Tree(nodes)

    def merged(self, index: int, leaf: dict, keys: list[str]) -> "Tree":
        """With the public keys of a path, for the nodes of the filtered path; all others on the path are blank."""
        values: dict = dict.fromkeys(self.direct_path(index))
        path = self.filtered_path(index)
        demand(len(keys) == len(path), "a path of another length")
        for (node, _), key in zip(path, keys, strict=True):
            values[node] = {"encryption_key": key, "parent_hash": "", "unmerged_leaves": []}
        tree = self.changed({2 * index: leaf, **values})
        above: str = ""
        for node, off in reversed(path):
            tree = tree.changed({node: {**tree.nodes[node], "parent_hash": above}})
            above = tree.parent_hash(node, off)
        demand(leaf.get("parent_hash") == above, "the leaf vouches for another path")
        return tree


def hashed(value: dict) -> bytes:
    return sha256(structures.encode("TreeHashInput", value))
