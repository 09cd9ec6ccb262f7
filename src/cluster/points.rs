//! The table that is clustered.

use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The largest magnitude of a value, so that no squared distance overflows.
const LARGEST: f64 = 1e140;

/// Cases by variables: n × d numbers, row by row. A missing value is NaN.
///
/// ```
/// use custval::cluster::Points;
///
/// let variables = ["X2".to_string(), "X3".to_string()];
/// let rows = [vec![Some(1.5), Some(2.0)], vec![None, Some(1.0)]];
/// let points = Points::from_rows(&variables, &rows).unwrap();
/// assert_eq!((points.cases(), points.complete().count()), (2, 1));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    variables: Vec<String>,
    values: Vec<f64>,
}

impl Points {
    /// The table of `values`, row by row: one value for each variable, then the next case.
    ///
    /// # Errors
    /// All at once: no variable ([`Code::ColumnMissing`]), each value that is infinite or beyond
    /// ±1e140 ([`Code::TableValueInvalid`]). Values that do not fill their last row are a failure.
    pub fn new(variables: &[String], values: Vec<f64>) -> Result<Self, Error> {
        if variables.is_empty() {
            return Err(Diagnostic::error(
                Code::ColumnMissing,
                "there is no variable to cluster by",
            )
            .hint("name at least one column of numbers")
            .into());
        }
        if !values.len().is_multiple_of(variables.len()) {
            return Err(Error::internal("the values to cluster do not fill their last row"));
        }
        let mut log = Diagnostics::new();
        for (position, value) in values.iter().enumerate() {
            if value.abs() > LARGEST {
                let (case, variable) = (position / variables.len(), position % variables.len());
                let message = format!("{} of case {} is {value}", variables[variable], case + 1);
                log.push(
                    Diagnostic::error(Code::TableValueInvalid, message)
                        .hint("finite numbers up to 1e140 can be used; leave the cell empty if the value is unknown"),
                );
            }
        }
        log.refuse_if_faulty()?;
        Ok(Points { variables: variables.to_vec(), values })
    }

    /// The table of rows in which `None` is a missing value.
    ///
    /// # Errors
    /// As [`Points::new`]; a row of another length than the variables is a failure.
    pub fn from_rows(variables: &[String], rows: &[Vec<Option<f64>>]) -> Result<Self, Error> {
        if rows.iter().any(|row| row.len() != variables.len()) {
            return Err(Error::internal("a row to cluster has not one value for each variable"));
        }
        let values = rows.iter().flatten().map(|value| value.unwrap_or(f64::NAN)).collect();
        Points::new(variables, values)
    }

    /// The names of the variables.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// How many cases there are, complete or not.
    pub fn cases(&self) -> usize {
        self.values.len() / self.variables.len()
    }

    /// The values of a case, counted from 0.
    pub fn row(&self, case: usize) -> &[f64] {
        let d = self.variables.len();
        &self.values[case * d..(case + 1) * d]
    }

    /// The cases, counted from 0, that lack no value.
    pub fn complete(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.cases()).filter(|&case| self.row(case).iter().all(|value| !value.is_nan()))
    }
}
