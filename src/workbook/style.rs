//! The look of every workbook that custval writes: colours, fonts, borders and the printed page.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// The colour of text.
pub(crate) const INK: u32 = 0x1F2937;
/// The colour of text that stands back.
pub(crate) const QUIET_INK: u32 = 0x6B7280;
/// The ground of header rows.
pub(crate) const HEADER: u32 = 0x134E4A;
/// The accent: titles, bands, links.
pub(crate) const ACCENT: u32 = 0x0F766E;
/// The ground of a band that opens a block.
pub(crate) const BAND: u32 = 0xCCE7E3;
/// The ground of cells to fill in.
pub(crate) const INPUT: u32 = 0xE2F0D9;
/// The border of cells to fill in.
pub(crate) const INPUT_BORDER: u32 = 0xA7C4A0;
/// The ground of cells that are computed or fixed.
pub(crate) const QUIET: u32 = 0xF3F4F6;
/// The border of cells that are computed or fixed.
pub(crate) const QUIET_BORDER: u32 = 0xD1D5DB;
/// The ground of a warning.
pub(crate) const WARNING: u32 = 0xFDE68A;
/// The colour of white text on dark grounds.
const WHITE: u32 = 0xFFFFFF;

/// The height of a line in points.
const LINE: f64 = 15.0;
/// The paper size that prints on A4.
const A4: u8 = 9;

/// Plain text in ink.
pub(crate) fn text() -> Format {
    Format::new()
        .set_font_name("Calibri")
        .set_font_size(11)
        .set_font_color(INK)
        .set_align(FormatAlign::VerticalCenter)
}

/// Text that runs over several lines, from the top of its cell.
pub(crate) fn paragraph() -> Format {
    text().set_text_wrap().set_align(FormatAlign::Top)
}

/// The title of a sheet.
pub(crate) fn title() -> Format {
    text().set_font_size(16).set_bold().set_font_color(ACCENT)
}

/// A heading inside a sheet.
pub(crate) fn heading() -> Format {
    text()
        .set_font_size(12)
        .set_bold()
        .set_font_color(ACCENT)
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(ACCENT)
}

/// Text that stands back: labels, remarks.
pub(crate) fn remark() -> Format {
    text().set_font_color(QUIET_INK)
}

/// A link to another sheet.
pub(crate) fn link() -> Format {
    paragraph().set_font_color(ACCENT).set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

/// A header cell: white on dark teal.
pub(crate) fn header() -> Format {
    text().set_bold().set_font_color(WHITE).set_background_color(HEADER).set_text_wrap()
}

/// A header cell in the middle of its column.
pub(crate) fn centred_header() -> Format {
    header().set_align(FormatAlign::Center)
}

/// A band that opens a block or spans several columns.
pub(crate) fn band() -> Format {
    text().set_bold().set_font_color(HEADER).set_background_color(BAND)
}

/// A cell to fill in.
pub(crate) fn input() -> Format {
    bordered(text().set_background_color(INPUT), INPUT_BORDER)
}

/// A cell that is computed or fixed.
pub(crate) fn quiet() -> Format {
    bordered(text().set_background_color(QUIET).set_font_color(QUIET_INK), QUIET_BORDER)
}

/// A cell of a table that is there to be read.
pub(crate) fn body() -> Format {
    bordered(text(), QUIET_BORDER)
}

/// The mark of what deserves another look, for conditional formats.
pub(crate) fn warning() -> Format {
    Format::new().set_background_color(WARNING)
}

/// The mark of what is as it should be, for conditional formats.
pub(crate) fn good() -> Format {
    Format::new().set_font_color(ACCENT)
}

/// The width of a text in characters; East Asian ones are twice as wide as others.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if c as u32 > 0x2E7F { 2 } else { 1 }).sum()
}

/// How many lines a text takes when it is broken at spaces.
pub(crate) fn lines(text: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let length = self::width(word);
        if used > 0 && used + 1 + length > width {
            lines += 1;
            used = 0;
        }
        used += length + usize::from(used > 0);
        if used > width {
            lines += used / width.max(1);
            used %= width.max(1);
        }
    }
    lines
}

/// The height of a row of so many lines. Programs do not agree on fitting rows to wrapped text, so it
/// is set.
pub(crate) fn row_height(lines: usize) -> f64 {
    LINE * lines as f64 + if lines > 1 { 3.0 } else { 0.5 }
}

fn bordered(format: Format, color: u32) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(color)
}

/// Sets the page up: A4 across, as wide as the paper, header rows on every page, “Page 1 of 3”.
pub(crate) fn page(
    sheet: &mut Worksheet,
    header_rows: Option<(u32, u32)>,
) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&8&A&R&8Page &P of &N");
    sheet.set_screen_gridlines(false);
    if let Some((first, last)) = header_rows {
        sheet.set_repeat_rows(first, last)?;
    }
    Ok(())
}

/// The height of a row whose text wraps in a column of this width in characters.
pub(crate) fn height(text: &str, width: f64) -> f64 {
    // One tenth is lost where lines break, and more where the font is another.
    row_height(lines(text, (width * 0.9) as usize))
}
