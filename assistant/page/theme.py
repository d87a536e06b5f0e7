"""The page's one theme: restrained, official, readable Chinese type, light and dark."""

from __future__ import annotations

from typing import Final

from gradio.themes import Base, Color, sizes

# The reader's own fonts only: a web font would be a request that leaves the machine.
_SANS: Final = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "HarmonyOS Sans SC",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "system-ui",
    "sans-serif",
)
_MONO: Final = ("ui-monospace", "SFMono-Regular", "Consolas", "monospace")

_CRIMSON: Final = Color(
    name="crimson",
    c50="#fcf5f4",
    c100="#f8e6e4",
    c200="#efc9c5",
    c300="#e0a09a",
    c400="#cc6d65",
    c500="#b0453c",
    c600="#9b2f28",
    c700="#812620",
    c800="#69211d",
    c900="#551e1b",
    c950="#2f0d0b",
)
_INK: Final = Color(
    name="ink",
    c50="#f8f8f6",
    c100="#f0efec",
    c200="#e2e1dc",
    c300="#cbc9c3",
    c400="#98968f",
    c500="#6d6b66",
    c600="#53524e",
    c700="#3d3c3a",
    c800="#282827",
    c900="#1d1d1d",
    c950="#151515",
)


class Official(Base):
    """Warm paper and ink with one sober red, as on the letterhead of a public authority."""

    def __init__(self) -> None:
        super().__init__(
            primary_hue=_CRIMSON,
            secondary_hue=_INK,
            neutral_hue=_INK,
            text_size=sizes.text_md,
            radius_size=sizes.radius_sm,
            spacing_size=sizes.spacing_md,
            font=_SANS,
            font_mono=_MONO,
        )
        self.name = "official"
        self.set(
            body_background_fill="*neutral_50",
            body_background_fill_dark="*neutral_950",
            background_fill_primary="#ffffff",
            background_fill_primary_dark="*neutral_900",
            block_background_fill="#ffffff",
            block_background_fill_dark="*neutral_900",
            block_shadow="none",
            block_border_width="1px",
            border_color_primary="*neutral_200",
            border_color_primary_dark="*neutral_700",
            block_border_color="*neutral_200",
            block_border_color_dark="*neutral_700",
            button_primary_background_fill="*primary_600",
            button_primary_background_fill_hover="*primary_700",
            button_primary_background_fill_dark="*primary_600",
            button_primary_background_fill_hover_dark="*primary_500",
            button_primary_text_color="#ffffff",
            button_secondary_background_fill="#ffffff",
            button_secondary_background_fill_hover="*neutral_100",
            button_secondary_background_fill_dark="*neutral_800",
            button_secondary_background_fill_hover_dark="*neutral_700",
            button_secondary_border_color="*neutral_300",
            button_secondary_border_color_dark="*neutral_600",
            link_text_color="*primary_600",
            link_text_color_dark="*primary_300",
            link_text_color_hover="*primary_700",
            link_text_color_hover_dark="*primary_200",
        )
