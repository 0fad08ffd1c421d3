"""Formulas typeset at build time: TeX in, MathML Core out."""
