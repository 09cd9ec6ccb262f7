//! The sheet `Instructions`: what this is, how to fill it in, and what the numbers mean.

use super::Plan;
use super::contents::indicators;
use super::lists::{grades, meaning};
use crate::model::{Direction, Model, Scale, Source};
use crate::workbook::style;
use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet, XlsxError};

/// The width of the column of terms.
const TERMS: f64 = 32.0;
/// The width of the column of explanations.
const EXPLANATIONS: f64 = 100.0;

/// Saaty's scale in words.
const JUDGEMENTS: [(f64, &str); 9] = [
    (1.0, "Both are equally important."),
    (2.0, "Between 1 and 3."),
    (3.0, "The first is moderately more important."),
    (4.0, "Between 3 and 5."),
    (5.0, "The first is strongly more important."),
    (6.0, "Between 5 and 7."),
    (7.0, "The first is very strongly more important."),
    (8.0, "Between 7 and 9."),
    (9.0, "The first is extremely more important."),
];

/// Scores on the scale from 1 to 5 in words, best first.
const SCORES: [(f64, &str); 5] = [
    (5.0, "Very good for us"),
    (4.0, "Good"),
    (3.0, "Middling"),
    (2.0, "Poor"),
    (1.0, "Very poor for us"),
];

/// The page as it grows: terms on the left, explanations on the right.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
}

impl Page<'_> {
    fn heading(&mut self, text: &str) -> Result<(), XlsxError> {
        self.row += 1;
        self.sheet.write_string_with_format(self.row, 0, text, &style::heading())?;
        self.sheet.write_blank(self.row, 1, &style::heading())?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, term: &str, text: &str) -> Result<(), XlsxError> {
        let term_format = style::paragraph().set_bold();
        self.pair(term, text, &term_format, &style::paragraph())
    }

    fn pair(
        &mut self,
        term: &str,
        text: &str,
        left: &Format,
        right: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, term, left)?;
        self.explain(term, text, right)
    }

    fn link(&mut self, target: &str, text: &str) -> Result<(), XlsxError> {
        let url = Url::new(format!("internal:'{target}'!A1")).set_text(target);
        self.sheet.write_url_with_format(self.row, 0, url, &style::link())?;
        self.explain(target, text, &style::paragraph())
    }

    /// Writes the right side of a line, as high as both sides need, and goes to the next.
    fn explain(&mut self, term: &str, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 1, text, format)?;
        let height = style::height(term, TERMS).max(style::height(text, EXPLANATIONS));
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    /// A line of a table of values and their meanings.
    fn step(&mut self, value: &str, meaning: &str) -> Result<(), XlsxError> {
        let value_format = style::body().set_align(FormatAlign::Center).set_bold();
        self.pair(value, meaning, &value_format, &style::body())
    }
}

/// Fills the sheet.
pub(super) fn fill(sheet: &mut Worksheet, model: &Model, plan: &Plan) -> Result<(), XlsxError> {
    sheet.set_column_width(0, TERMS)?;
    sheet.set_column_width(1, EXPLANATIONS)?;
    sheet.write_string_with_format(0, 0, &model.title, &style::title())?;
    sheet.set_row_height(0, 26)?;
    let mut page = Page { sheet, row: 1 };
    if !model.description.is_empty() {
        page.line("What this is", &model.description)?;
    }
    page.line(
        "What we ask of you",
        "You know these customers. Say what matters more, and how good each customer is; a \
         computation does the rest. Only green cells are to be filled in; grey ones compute \
         themselves. Please keep the sheets, codes and headers as they are.",
    )?;
    for (term, example) in [("Please return it to", ""), ("Please return it by", "")] {
        page.pair(term, example, &style::paragraph().set_bold(), &style::input())?;
    }
    sheets(&mut page, model, plan)?;
    judgements(&mut page, model)?;
    scores(&mut page, model)?;
    if plan.measured {
        page.heading("What is measured")?;
        for indicator in indicators(model, Source::Measured) {
            page.line(indicator.column.as_ref().unwrap_or(&indicator.code), &meaning(indicator))?;
        }
    }
    if plan.classes {
        page.heading("The classes")?;
        for class in &model.classes.classes {
            page.line(&class.code, &format!("{}: {}", class.name, class.reading))?;
        }
    }
    if let Some(reference) = &model.reference {
        page.heading("Where the index system comes from")?;
        page.line("Reference", reference)?;
    }
    style::page(sheet, None)
}

fn sheets(page: &mut Page, model: &Model, plan: &Plan) -> Result<(), XlsxError> {
    page.heading("The sheets (click a name to go there)")?;
    page.link("Hierarchy", "What is evaluated, and by which indicators. To be read only.")?;
    page.link("Experts", "Who answers, in what role, with what weight.")?;
    for (at, (expert, sheet)) in plan.pairwise.iter().enumerate() {
        let how = match at {
            0 => {
                ": for each pair, how much more important the item on the left is than the item \
                  above. Weights and consistency appear as you type."
            }
            _ => ".",
        };
        page.link(sheet, &format!("Comparisons by {expert}{how}"))?;
    }
    let Scale { min, max } = model.scale;
    for (at, (expert, sheet)) in plan.scores.iter().enumerate() {
        let how = match at {
            0 => format!(": one row a customer, each indicator from {min} to {max}."),
            _ => ".".to_string(),
        };
        page.link(sheet, &format!("Scores by {expert}{how}"))?;
    }
    if plan.measured {
        page.link("Measured", "Figures from the books, in their own units.")?;
    }
    if plan.classes {
        page.link(
            "Classes",
            "Optional: the class that you would put each customer in yourself. It is compared with \
             the computed one and changes nothing.",
        )?;
    }
    Ok(())
}

fn judgements(page: &mut Page, model: &Model) -> Result<(), XlsxError> {
    let (max, limit) = (model.weights.scale_max, model.weights.consistency_limit);
    page.heading("How to compare")?;
    for (value, words) in JUDGEMENTS.iter().filter(|(value, _)| *value <= max) {
        page.step(&value.to_string(), words)?;
    }
    if max > 9.0 {
        page.step(&format!("up to {max}"), "Even stronger than 9.")?;
    }
    page.step(
        &format!("1/2 … 1/{max}"),
        "The second is more important: 1/3 says moderately, 1/5 strongly, and so on.",
    )?;
    page.line(
        "How well judgements fit",
        &format!(
            "CR tells how far the judgements of a block contradict each other: 0 is perfect, up to \
             {limit:.2} is fine. Above it, look again at the amber cells, which fit the others least; \
             change them only if you were wrong. Random indices: {}.",
            model.weights.random_index
        ),
    )
}

fn scores(page: &mut Page, model: &Model) -> Result<(), XlsxError> {
    let scored = indicators(model, Source::Experts);
    if scored.is_empty() {
        return Ok(());
    }
    let Scale { min, max } = model.scale;
    page.heading("How to score")?;
    if (min, max) == (1.0, 5.0) {
        for (score, words) in SCORES {
            page.step(&score.to_string(), words)?;
        }
    } else {
        page.step(&max.to_string(), "The best for us")?;
        page.step(&model.scale.middle().to_string(), "Middling")?;
        page.step(&min.to_string(), "The worst for us")?;
    }
    page.line("If you do not know", "Leave the cell empty; please do not guess.")?;
    let costs: Vec<String> = scored
        .iter()
        .filter(|indicator| indicator.direction == Direction::Cost)
        .map(|indicator| format!("{} {}", indicator.code, indicator.name))
        .collect();
    if !costs.is_empty() {
        let text = format!(
            "Here little is good. Turn it yourself as you score, so that {max} is best here too: {}.",
            crate::text::list(&costs)
        );
        page.line("Costs", &text)?;
    }
    for indicator in scored.iter().filter(|indicator| !indicator.grades.is_empty()) {
        let text = format!("Choose a grade or type a score: {}.", grades(indicator));
        page.line(&format!("{} {}", indicator.code, indicator.name), &text)?;
    }
    Ok(())
}
