//! The table that is clustered.

use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Incomplete;

/// The largest magnitude of a value, so that no squared distance overflows.
const LARGEST: f64 = 1e140;
/// The largest weight, so that no weighted sum of squares overflows.
const HEAVIEST: f64 = 1e15;

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
    weights: Option<Weights>,
}

/// What the cases weigh.
#[derive(Clone, Debug, PartialEq)]
struct Weights {
    name: String,
    /// For each case; `None` where the weight is missing, zero or negative.
    of: Vec<Option<f64>>,
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
        Ok(Points { variables: variables.to_vec(), values, weights: None })
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

    /// The same table with a weight for each case, from the column of this name. A case of weight 2
    /// counts as two cases alike. As in SPSS, a case whose weight is missing, zero or negative takes
    /// no part; the clustering tells of it.
    ///
    /// ```
    /// use custval::cluster::{Options, Points};
    /// use custval::diagnostic::Diagnostics;
    ///
    /// let points = Points::new(&["x".to_string()], vec![0.0, 3.0, 9.0]).unwrap();
    /// let points = points.weighted("orders", vec![Some(2.0), Some(1.0), Some(1.0)]).unwrap();
    /// let clusters = Options::new(2).check(&points).unwrap().run(&mut Diagnostics::new()).unwrap();
    /// assert_eq!(clusters.centres, [[1.0], [9.0]]);
    /// ```
    ///
    /// # Errors
    /// Each weight that is infinite or beyond 1e15 ([`Code::TableValueInvalid`]). Another number of
    /// weights than of cases is a failure.
    pub fn weighted(mut self, name: &str, weights: Vec<Option<f64>>) -> Result<Self, Error> {
        if weights.len() != self.cases() {
            return Err(Error::internal("there is not one weight for each case"));
        }
        let mut log = Diagnostics::new();
        for (case, weight) in weights.iter().enumerate() {
            if let Some(weight) = weight.filter(|weight| weight.abs() > HEAVIEST) {
                let message = format!("the weight {name} of case {} is {weight}", case + 1);
                log.push(
                    Diagnostic::error(Code::TableValueInvalid, message)
                        .hint("weights up to 1e15 can be used"),
                );
            }
        }
        log.refuse_if_faulty()?;
        // Written so that NaN is no weight either.
        let of = weights.into_iter().map(|weight| weight.filter(|weight| *weight > 0.0)).collect();
        self.weights = Some(Weights { name: name.to_string(), of });
        Ok(self)
    }

    /// The column that the weights come from, if there are any.
    pub fn weighted_by(&self) -> Option<&str> {
        self.weights.as_ref().map(|weights| weights.name.as_str())
    }

    /// For each case its weight, where it has one.
    pub(super) fn weights(&self) -> Option<&[Option<f64>]> {
        self.weights.as_ref().map(|weights| weights.of.as_slice())
    }

    /// Whether a case, counted from 0, has a weight or needs none.
    pub(super) fn weighs(&self, case: usize) -> bool {
        self.weights().is_none_or(|weights| weights[case].is_some())
    }

    /// Whether a case, counted from 0, takes part.
    pub(super) fn takes_part(&self, case: usize, incomplete: Incomplete) -> bool {
        let mut present = self.row(case).iter().map(|value| !value.is_nan());
        let has_values = match incomplete {
            Incomplete::Listwise => present.all(|is_there| is_there),
            Incomplete::Pairwise => present.any(|is_there| is_there),
        };
        has_values && self.weighs(case)
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
