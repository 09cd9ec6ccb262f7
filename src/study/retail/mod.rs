//! Two published analyses of the UCI Online Retail data.

mod deck;
mod notebook;

pub use deck::{RETAIL_DECK, retail_deck};
pub use notebook::{RFM_NOTEBOOK, rfm_notebook};

use super::Step;
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::transactions::{
    Compat, DateOrder, DateStyle, Metrics, Options, Role, Sales, metrics, read,
};
use std::path::Path;

const INPUT: &str = "\
Input: the UCI Online Retail data, 541,909 order lines of 2010-12-01 to 2011-12-09 \
(Chen, Sain and Guo 2012; doi:10.24432/C5BW33, CC BY 4.0).";

/// The file of the retail data: the one given, or one of the usual names in the folder given.
fn file(data: Option<&str>) -> Result<String, Error> {
    let names = [
        "online_retail.csv.gz",
        "online_retail.csv",
        "Online Retail.xlsx",
        "OnlineRetail.csv",
        "online_retail/online_retail.csv.gz",
    ];
    let given = data.map(Path::new);
    let found = given.and_then(|path| match path.is_dir() {
        true => names.iter().map(|name| path.join(name)).find(|file| file.exists()),
        false => path.exists().then(|| path.to_path_buf()),
    });
    found.map(|file| file.display().to_string()).ok_or_else(|| {
        let message = match data {
            Some(data) => format!("the retail data are not at {data}"),
            None => "this study needs the UCI Online Retail data".to_string(),
        };
        Diagnostic::error(Code::StudyData, message)
            .at(Place::option("--data"))
            .hint("fetch them from https://doi.org/10.24432/C5BW33 (CC BY 4.0), and give the file, or a CSV of it, by --data")
            .into()
    })
}

/// The columns of the data, and what both analyses share.
fn base(conditions: &[&str], compat: Compat) -> Options {
    let column = |role: Role, name: &str| (role, name.to_string());
    Options {
        columns: vec![
            column(Role::Customer, "CustomerID"),
            column(Role::Order, "InvoiceNo"),
            column(Role::Date, "InvoiceDate"),
            column(Role::Quantity, "Quantity"),
            column(Role::Price, "UnitPrice"),
            column(Role::Product, "StockCode"),
            column(Role::Description, "Description"),
            column(Role::Country, "Country"),
        ],
        conditions: conditions.iter().map(|text| text.to_string()).collect(),
        date_style: Some(DateStyle::Shape(DateOrder::MonthFirst)),
        compat,
        ..Options::default()
    }
}

fn sales(file: &str, options: &Options) -> Result<(Sales, Vec<Metrics>), Error> {
    let sales = read(&[file.to_string()], options, &mut Diagnostics::new(), &mut |_| {})?;
    let customers = metrics(&sales);
    Ok((sales, customers))
}

/// The steps by which rows were set aside, with what each removed and what it left.
fn steps(sales: &Sales) -> Vec<Step> {
    let ledger = &sales.ledger;
    let mut left = ledger.rows_in;
    let mut steps =
        vec![Step { step: "all rows".to_string(), rows: 0, left, money: 0.0, customers: 0 }];
    for aside in &ledger.set_aside {
        left -= aside.rows;
        steps.push(Step {
            step: format!("without: {}", aside.reason.words()),
            rows: aside.rows,
            left,
            money: aside.money.to_f64(),
            customers: aside.customers,
        });
    }
    steps
}

/// A list of numbers as it is printed: 85, 119, 183.
fn joined(numbers: &[f64], decimals: usize) -> String {
    let shown: Vec<String> = numbers.iter().map(|number| format!("{number:.decimals$}")).collect();
    shown.join(", ")
}
