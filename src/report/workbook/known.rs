//! What the names in a workbook's cells stand for: customers, who have a row, and classes, which have
//! a colour.

use super::CLASS_COLOURS;
use crate::evaluation::Evaluation;
use crate::report::tables::values::by_rank;
use std::collections::HashMap;

/// The sheet on which every customer has a row.
pub(super) const CUSTOMERS: &str = "Customers";

/// The header's row on a sheet with one long table: below the title, what it says, and a row between.
pub(super) const HEADER: u32 = 3;

/// The customers' rows on their sheet, and the colours of the classes, by name.
#[derive(Default)]
pub(super) struct Known {
    rows: HashMap<String, u32>,
    colours: HashMap<String, u32>,
}

impl Known {
    /// Customers in the order of their sheet, without classes.
    pub(super) fn of_customers<'a>(customers: impl Iterator<Item = &'a str>) -> Known {
        let rows = (HEADER + 1..).zip(customers).map(|(row, name)| (name.to_string(), row));
        Known { rows: rows.collect(), colours: HashMap::new() }
    }

    /// The customers and classes of an evaluation.
    pub(super) fn of(evaluation: &Evaluation) -> Known {
        let ranked = by_rank(evaluation);
        let colour = |class: &crate::class::Profile| {
            (class.name.clone(), class_colour(class_place(evaluation, &class.class)))
        };
        Known {
            colours: evaluation.classes.iter().map(colour).collect(),
            ..Known::of_customers(ranked.iter().map(|customer| customer.customer.as_str()))
        }
    }

    /// The row of a customer on the customers' sheet.
    pub(super) fn row(&self, customer: &str) -> Option<u32> {
        self.rows.get(customer).copied()
    }

    /// The colour of a class, by its name.
    pub(super) fn colour(&self, class: &str) -> Option<u32> {
        self.colours.get(class).copied()
    }
}

/// The place of a class among all that there can be, so that its colour is the same whether others
/// have customers or not.
pub(super) fn class_place(evaluation: &Evaluation, class: &str) -> usize {
    let classes = evaluation.naming.classes(&evaluation.model);
    classes.iter().position(|(code, _)| code == class).unwrap_or(classes.len())
}

/// The colour of the class at a place.
pub(super) fn class_colour(place: usize) -> u32 {
    CLASS_COLOURS[place % CLASS_COLOURS.len()]
}
