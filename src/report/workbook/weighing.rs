//! The workbooks of a weighing: the weights with all that is known of them, and for each expert above
//! the limit the judgements to look at again.

use super::book::Book;
use super::page::Page;
use super::weights::{consistency, of_group};
use crate::Error;
use crate::evaluation::Weighing;
use crate::priority::Repair;
use crate::report::tables::{groups, weights};
use crate::report::{Column, Format, Table};
use crate::text::{count, ratio};
use rust_xlsxwriter::{DataValidation, XlsxError};

/// The weights of a weighing as the bytes of an xlsx file. The same weighing gives the same bytes.
///
/// # Errors
/// Only a failure of ours.
pub fn weighing_workbook(weighing: &Weighing) -> Result<Vec<u8>, Error> {
    let found = &weighing.weights;
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Book::default();
        book.add("Weights", |page| {
            page.title("Weights", "How much each part counts, by the experts' comparisons.")?;
            page.table(&weights::global_table(found))?;
            for node in &found.nodes {
                page.table(&weights::node_table(node))?;
            }
            if let Some(blend) = groups::blend_table(found) {
                page.table(&blend)?;
            }
            Ok(())
        })?;
        if found.nodes.iter().any(|node| node.cr.is_some()) {
            book.add("Consistency", |page| consistency(page, found))?;
        }
        let tables = of_group(found);
        if !tables.is_empty() {
            book.add("Experts", |page| {
                page.title("Experts", "How the experts become one group, and how far they agree.")?;
                page.table(&weights::by_expert(found))?;
                tables.iter().try_for_each(|table| page.table(table).map(|_| ()))
            })?;
        }
        book.add("Notes", |page| {
            page.title("Notes", "What these figures rest on, and what was repaired or guessed.")?;
            let said = |place: &Option<crate::diagnostic::Place>, message: &str| match place {
                Some(place) => format!("{place}: {message}"),
                None => message.to_string(),
            };
            let warnings: Vec<String> =
                weighing.warnings.iter().map(|w| said(&w.place, &w.message)).collect();
            let warnings: Vec<&str> = warnings.iter().map(String::as_str).collect();
            page.paragraphs("Warnings", &warnings)?;
            let notes: Vec<&str> = weighing.notes.iter().map(String::as_str).collect();
            page.paragraphs("Notes", &notes)
        })?;
        book.save("Weights", &weighing.made_by)
    };
    write().map_err(|error| Error::internal(format!("cannot write xlsx: {error}")))
}

/// For each expert above the limit of consistency: the expert, and a workbook to send back with the
/// judgements to look at again, the smallest repair that would do, and cells for the new judgements.
///
/// # Errors
/// Only a failure of ours.
pub fn revisions(weighing: &Weighing) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut experts: Vec<&str> = Vec::new();
    let nodes = &weighing.weights.nodes;
    for repair in nodes.iter().flat_map(|node| &node.repair) {
        if !experts.contains(&repair.expert.as_str()) {
            experts.push(&repair.expert);
        }
    }
    experts
        .into_iter()
        .map(|expert| {
            let bytes = revision(weighing, expert)
                .map_err(|error| Error::internal(format!("cannot write xlsx: {error}")))?;
            Ok((expert.to_string(), bytes))
        })
        .collect()
}

fn revision(weighing: &Weighing, expert: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::default();
    book.add("Please look again", |page| revision_sheet(page, weighing, expert))?;
    book.save(&format!("Judgements of {expert}"), &weighing.made_by)
}

fn revision_sheet(page: &mut Page, weighing: &Weighing, expert: &str) -> Result<(), XlsxError> {
    let weights = &weighing.weights;
    let repairs: Vec<(&str, &Repair)> = weights
        .nodes
        .iter()
        .flat_map(|node| node.repair.iter().map(|repair| (node.name.as_str(), repair)))
        .filter(|(_, repair)| repair.expert == expert)
        .collect();
    let subtitle = format!(
        "{expert}: {} that the other comparisons of yours speak against",
        count(repairs.len(), "comparison")
    );
    page.title("Please look at these comparisons again", &subtitle)?;
    let explained = format!(
        "If A is twice as important as B, and B three times as important as C, then A should be about \
         six times as important as C. Comparisons need not fit exactly, but yours contradict each other \
         more than is good for the result (consistency ratio above {}). The table names the fewest \
         comparisons that would have to change, and the nearest judgement that would do. It is a \
         question, not a correction: if you stand by a judgement, leave its cell empty, and look at the \
         others of the same group instead.",
        weights.consistency_limit
    );
    page.paragraphs("What this is about", &[&explained])?;
    let columns = vec![
        Column::new("node", "About", Format::Text),
        Column::new("a", "How important is …", Format::Text),
        Column::new("b", "… compared with", Format::Text),
        Column::new("from", "You said", Format::Text),
        Column::new("to", "This would do", Format::Text),
        Column::new("new", "Your judgement now", Format::Text),
    ];
    let mut table = Table::new("revision", "Comparisons", columns);
    for (node, repair) in &repairs {
        table.push(vec![
            (*node).into(),
            repair.a.as_str().into(),
            repair.b.as_str().into(),
            ratio(repair.from).into(),
            ratio(repair.to).into(),
            crate::report::Cell::Empty,
        ]);
    }
    let placed = page.table(&table)?;
    page.inputs(&placed, 5, &judgements()?)?;
    page.paragraphs(
        "The scale",
        &["1 equally important · 3 somewhat · 5 clearly · 7 much · 9 extremely more important; \
           2, 4, 6, 8 between. 1/3, 1/5 … where the second is the more important."],
    )
}

/// The judgements that can be chosen, 9 … 2, 1, 1/2 … 1/9.
fn judgements() -> Result<DataValidation, XlsxError> {
    let words: Vec<String> =
        (2..=9).rev().chain(std::iter::once(1)).map(|k| k.to_string()).collect();
    let words: Vec<String> = words.into_iter().chain((2..=9).map(|k| format!("1/{k}"))).collect();
    DataValidation::new().allow_list_strings(&words)
}
