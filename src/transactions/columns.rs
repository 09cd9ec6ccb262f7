//! Which column of sales lines has which role.

use super::{Level, Role};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::text::{list, plain};
use serde::{Deserialize, Serialize};

/// A header for comparison with the known ones: letters and digits alone, in lower case.
fn bare(header: &str) -> String {
    plain(header).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A column with its role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleColumn {
    /// What it is for.
    pub role: Role,
    /// Its header, as it was written.
    pub column: String,
    /// Its place, counted from 0.
    pub at: usize,
    /// Whether the role was guessed from the header.
    pub guessed: bool,
}

/// Which column has which role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(Vec<RoleColumn>);

impl Columns {
    /// The columns asked for by their headers, and the others guessed from common names; faults go
    /// to the log. An empty name asks that the role be left out.
    ///
    /// ```
    /// use custval::diagnostic::{Diagnostics, Place};
    /// use custval::transactions::{Columns, Level, Role};
    ///
    /// let headers = ["InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"];
    /// let headers = headers.map(String::from);
    /// let place = Place::file("sales.csv");
    /// let found = Columns::find(&headers, &[], Level::Line, &place, &mut Diagnostics::new());
    /// assert_eq!(found.at(Role::Price), Some(3));
    /// assert_eq!(found.at(Role::Amount), None);
    /// ```
    pub fn find(
        headers: &[String],
        asked: &[(Role, String)],
        level: Level,
        place: &Place,
        log: &mut Diagnostics,
    ) -> Columns {
        let mut columns = Vec::new();
        let mut taken = vec![false; headers.len()];
        for (role, wanted) in asked.iter().filter(|(_, wanted)| !wanted.is_empty()) {
            let Some(at) = position(headers, wanted) else {
                log.push(unknown(headers, *role, wanted));
                continue;
            };
            taken[at] = true;
            columns.push(RoleColumn {
                role: *role,
                column: plain(&headers[at]),
                at,
                guessed: false,
            });
        }
        let bare: Vec<String> = headers.iter().map(|header| bare(header)).collect();
        for role in level.roles().iter().copied() {
            if asked.iter().any(|(known, _)| *known == role) {
                continue;
            }
            // Of a date and a number of days one is enough.
            let dated = columns.iter().any(|of: &RoleColumn| of.role == Role::Date);
            let counted =
                asked.iter().any(|(known, name)| *known == Role::Recency && !name.is_empty());
            if (role == Role::Recency && dated) || (role == Role::Date && counted) {
                continue;
            }
            let guess = role
                .headers(level)
                .iter()
                .find_map(|name| (0..headers.len()).find(|at| !taken[*at] && bare[*at] == *name));
            if let Some(at) = guess {
                taken[at] = true;
                columns.push(RoleColumn { role, column: plain(&headers[at]), at, guessed: true });
            }
        }
        let found = Columns(columns);
        found.complain(headers, asked, level, place, log);
        found.warn_of_doubles(headers, place, log);
        found
    }

    /// A header that stands twice names two columns; the first of them is taken, and that is said.
    fn warn_of_doubles(&self, headers: &[String], place: &Place, log: &mut Diagnostics) {
        for column in &self.0 {
            let folded = crate::text::fold(&column.column);
            let is_double = |(at, header): (usize, &String)| {
                at != column.at && crate::text::fold(header) == folded
            };
            if headers.iter().enumerate().any(is_double) {
                let message = format!(
                    "several columns are called “{}”; the {} is taken from the first",
                    column.column,
                    column.role.name()
                );
                let hint =
                    "give each column a name of its own, or take out those that are not meant";
                log.push(
                    Diagnostic::warning(Code::ColumnDuplicate, message)
                        .at(place.clone())
                        .hint(hint),
                );
            }
        }
    }

    /// Faults for the roles that no analysis can do without.
    fn complain(
        &self,
        headers: &[String],
        asked: &[(Role, String)],
        level: Level,
        place: &Place,
        log: &mut Diagnostics,
    ) {
        let shown: Vec<String> = headers.iter().take(20).map(|name| plain(name)).collect();
        let is_unasked = |role| !asked.iter().any(|(known, _)| *known == role);
        let lack = |what: &str, options: &str| {
            Diagnostic::error(Code::ColumnMissing, format!("no column for {what}"))
                .at(place.clone())
                .hint(format!("name it with {options}; the columns are {}", list(&shown)))
        };
        if self.at(Role::Customer).is_none() && is_unasked(Role::Customer) {
            log.push(lack("the customer", "--customer"));
        }
        if level == Level::Customer {
            if self.at(Role::Orders).is_none() && is_unasked(Role::Orders) {
                log.push(lack("the number of orders", "--orders"));
            }
            if self.at(Role::Date).or(self.at(Role::Recency)).is_none() {
                let options = "--date (of the last purchase) or --recency (days since it)";
                log.push(lack("the last purchase", options));
            }
            if self.at(Role::Amount).is_none() && is_unasked(Role::Amount) {
                log.push(lack("the money", "--amount"));
            }
            return;
        }
        if self.at(Role::Date).is_none() && is_unasked(Role::Date) {
            log.push(lack("the date", "--date"));
        }
        let has_money = self.at(Role::Amount).is_some()
            || (self.at(Role::Quantity).is_some() && self.at(Role::Price).is_some());
        let is_untold = [Role::Amount, Role::Quantity, Role::Price].into_iter().all(is_unasked);
        if !has_money && (is_untold || !log.is_faulty()) {
            log.push(lack("the money", "--amount, or --quantity and --price"));
        }
    }

    /// The place of a role's column.
    pub fn at(&self, role: Role) -> Option<usize> {
        self.0.iter().find(|column| column.role == role).map(|column| column.at)
    }

    /// All of them, those asked for first.
    pub fn iter(&self) -> impl Iterator<Item = &RoleColumn> {
        self.0.iter()
    }

    /// The guess in a sentence, if there was one: "customer = CustomerID, date = InvoiceDate".
    pub fn guess(&self) -> Option<String> {
        let guessed: Vec<String> = self
            .iter()
            .filter(|column| column.guessed)
            .map(|column| format!("{} = {}", column.role.name(), column.column))
            .collect();
        (!guessed.is_empty()).then(|| guessed.join(", "))
    }
}

/// The column of this header: as written, or else without case and white space.
pub(super) fn position(headers: &[String], wanted: &str) -> Option<usize> {
    let exact = headers.iter().position(|header| header == wanted);
    exact.or_else(|| {
        let folded = crate::text::fold(wanted);
        headers.iter().position(|header| crate::text::fold(header) == folded)
    })
}

fn unknown(headers: &[String], role: Role, wanted: &str) -> Diagnostic {
    let shown: Vec<String> = headers.iter().take(20).map(|name| plain(name)).collect();
    let hint = match nearest(wanted, shown.iter().map(String::as_str)) {
        Some(near) => format!("did you mean “{near}”? The columns are {}", list(&shown)),
        None => format!("the columns are {}", list(&shown)),
    };
    Diagnostic::error(Code::ColumnMissing, format!("there is no column “{}”", plain(wanted)))
        .at(Place::option(format!("--{}", role.name())))
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(headers: &[&str], asked: &[(Role, &str)]) -> (Columns, Diagnostics) {
        let headers: Vec<String> = headers.iter().map(|name| name.to_string()).collect();
        let asked: Vec<_> = asked.iter().map(|(role, name)| (*role, name.to_string())).collect();
        let mut log = Diagnostics::new();
        let found =
            Columns::find(&headers, &asked, Level::Line, &Place::file("sales.csv"), &mut log);
        (found, log)
    }

    #[test]
    fn common_headers_are_guessed() {
        let (found, log) = find(&["订单号", "客户编号", "下单时间", "金额"], &[]);
        assert!(log.is_empty());
        let at = |role| found.at(role).unwrap();
        assert_eq!(
            [at(Role::Order), at(Role::Customer), at(Role::Date), at(Role::Amount)],
            [0, 1, 2, 3]
        );
        let (found, _) = find(&["id", "date", "amt"], &[]);
        assert_eq!(found.guess().unwrap(), "customer = id, date = date, amount = amt");
    }

    #[test]
    fn a_column_has_one_role_and_what_is_asked_for_comes_first() {
        let (found, log) = find(&["id", "customer", "date", "total"], &[(Role::Order, "id")]);
        assert!(log.is_empty());
        assert_eq!(found.at(Role::Order), Some(0));
        assert_eq!(found.at(Role::Customer), Some(1));
    }

    #[test]
    fn a_header_that_stands_twice_is_said() {
        let (found, log) = find(&["id", "date", "Amount", "amount "], &[]);
        assert_eq!(found.at(Role::Amount), Some(2));
        assert_eq!(log.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::ColumnDuplicate]);
    }

    #[test]
    fn every_missing_column_is_a_fault() {
        let (_, log) = find(&["a", "b"], &[(Role::Product, "sku")]);
        let messages: Vec<String> = log.iter().map(|fault| fault.message.clone()).collect();
        assert_eq!(
            messages,
            [
                "there is no column “sku”",
                "no column for the customer",
                "no column for the date",
                "no column for the money"
            ]
        );
    }
}
