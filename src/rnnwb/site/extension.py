"""The Markdown extension that puts checked equations on a page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from markdown import Markdown
from pymdownx.blocks import BlocksExtension

from rnnwb.site.blocks.define import DefineBlock
from rnnwb.site.blocks.equation import ClaimBlock
from rnnwb.site.blocks.false import FalseBlock
from rnnwb.site.blocks.symbols import SymbolsBlock
from rnnwb.site.byline import Byline
from rnnwb.site.card import Cards
from rnnwb.site.code import Helpers
from rnnwb.site.context import Context
from rnnwb.site.guard import CompareBlocks, CountHeaders, Remember
from rnnwb.site.headings import EquationHeadings
from rnnwb.site.inline_code import InlineCode
from rnnwb.site.maths.formulas import InlineFormulas
from rnnwb.site.measured.inline import MeasuredNumber
from rnnwb.site.references import EquationReference, FigureBlock, GeneratedList
from rnnwb.site.symbols import SymbolDictionary, symbols_of

BLOCKS = (SymbolsBlock, DefineBlock, ClaimBlock, FalseBlock)
MATHS = {"generic": True, "block_syntax": []}
REQUIRED = {"tables": {}, "pymdownx.arithmatex": MATHS}


class SiteExtension(BlocksExtension):
    """Equation cards, symbol tables, references, figures and the list of articles."""

    def __init__(self, **options: Any) -> None:
        self.config = {"docs": ["docs", "the folder of the pages"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register everything, and what it needs where the site has not."""
        needed = [name for name in REQUIRED if not _has(md, name)]
        md.registerExtensions(needed, REQUIRED)
        super().extendMarkdown(md)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        """Register the blocks and the processors around them."""
        context = Context(Path(self.getConfig("docs")), md)
        for block in BLOCKS:
            block_mgr.register(block, {"context": context})
        kinds = frozenset(block.NAME for block in BLOCKS)
        md.preprocessors.register(Remember(md, context), "rnnwb-remember", 29)
        md.preprocessors.register(CountHeaders(md, context), "rnnwb-headers", 19)
        md.inlinePatterns.register(EquationReference(md, context), "rnnwb-equation", 165)
        md.inlinePatterns.register(MeasuredNumber(md, context), "rnnwb-measured", 165)
        md.parser.blockprocessors.register(FigureBlock(md.parser, context), "rnnwb-figure", 80)
        md.parser.blockprocessors.register(GeneratedList(md.parser, context), "rnnwb-lists", 80)
        md.treeprocessors.register(CompareBlocks(md, context, kinds), "rnnwb-compare", 25)
        md.treeprocessors.register(Cards(md, context), "rnnwb-cards", 26)
        annotate = partial(symbols_of, context, display=False)
        md.treeprocessors.register(InlineFormulas(md, context, annotate), "rnnwb-formulas", 9)
        md.treeprocessors.register(SymbolDictionary(md, context), "rnnwb-symbols", 4)
        md.treeprocessors.register(Helpers(md, context), "rnnwb-helpers", 4)
        md.treeprocessors.register(EquationHeadings(md, context), "rnnwb-equation-headings", 3)
        md.treeprocessors.register(Byline(md, context), "rnnwb-byline", 24)
        md.postprocessors.register(InlineCode(md), "rnnwb-inline-code", 5)


def _has(md: Markdown, name: str) -> bool:
    """Whether an extension is registered already; registering arithmatex twice would undo it."""
    processor = {"tables": "table", "pymdownx.arithmatex": "arithmatex-inline"}[name]
    return processor in md.inlinePatterns or processor in md.parser.blockprocessors
