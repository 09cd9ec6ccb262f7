//! Recency against frequency: how many customers and how much money in each cell.

use super::{RfmModel, Scores};
use crate::transactions::Customers;
use serde::{Deserialize, Serialize};

/// Customers by their scores in two letters: recency and frequency where the model has them, else its first
/// two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// The letter of the rows.
    pub rows: String,
    /// The letter of the columns.
    pub columns: String,
    /// The cells, by row and column from 1, also those with nobody in them.
    pub cells: Vec<GridCell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GridCell {
    /// The score in the letter of the rows.
    pub row: u32,
    /// The score in the letter of the columns.
    pub column: u32,
    /// How many customers have these scores.
    pub customers: usize,
    /// Their money.
    pub money: f64,
    /// The segment of most of them, the first of the map where it is even; `None` without a map or
    /// customers.
    pub segment: Option<String>,
}

impl Grid {
    /// The cell of these scores.
    pub fn at(&self, row: u32, column: u32) -> Option<&GridCell> {
        self.cells.iter().find(|cell| (cell.row, cell.column) == (row, column))
    }

    /// The highest scores of the rows and of the columns.
    pub fn size(&self) -> (u32, u32) {
        self.cells.last().map_or((0, 0), |cell| (cell.row, cell.column))
    }

    /// Counts the customers who are scored; `None` for a model of one letter.
    pub(super) fn of(model: &RfmModel, customers: &Customers, scores: &Scores) -> Option<Grid> {
        let place = |letter: &str| model.dimensions.iter().position(|of| of.letter == letter);
        let (rows, columns) = place("R").zip(place("F")).unwrap_or((0, 1));
        model.dimensions.get(columns)?;
        let most = |letter: usize| {
            (0..scores.len()).filter_map(|one| scores.score(one, letter)).max().unwrap_or(0)
        };
        let (height, width) = (most(rows) as usize, most(columns) as usize);
        let mut counts = vec![(0, 0.0, vec![0usize; scores.segments.len()]); height * width];
        for at in 0..scores.len() {
            let Some((row, column)) = scores.score(at, rows).zip(scores.score(at, columns)) else {
                continue;
            };
            let (count, money, segments) =
                &mut counts[(row as usize - 1) * width + column as usize - 1];
            *count += 1;
            *money += customers.money(at);
            if let Some(first) = (0..segments.len()).find(|segment| scores.is_in(at, *segment)) {
                segments[first] += 1;
            }
        }
        let cell = |(at, (customers, money, segments)): (usize, (usize, f64, Vec<usize>))| {
            let most = segments.iter().copied().max().filter(|most| *most > 0);
            let segment = most.and_then(|most| segments.iter().position(|count| *count == most));
            GridCell {
                row: (at / width) as u32 + 1,
                column: (at % width) as u32 + 1,
                customers,
                money,
                segment: segment.map(|segment| scores.segments[segment].clone()),
            }
        };
        Some(Grid {
            rows: model.dimensions[rows].letter.clone(),
            columns: model.dimensions[columns].letter.clone(),
            cells: counts.into_iter().enumerate().map(cell).collect(),
        })
    }
}
