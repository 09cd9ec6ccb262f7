//! `custval rfm --level customer`: rows that are customers already.

use assert_cmd::Command;
use serde_json::Value;
use std::path::PathBuf;

fn rfm(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("custval").unwrap();
    command.env("SOURCE_DATE_EPOCH", "1767225600").arg("rfm").args(arguments).output().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let output = rfm(&[arguments, &["--level", "customer", "--format", "json"]].concat());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn write(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

fn folder() -> Folder {
    Folder(tempfile::tempdir().unwrap())
}

/// 39,999 customers of R's package rfm 0.3.0: its thresholds by the same rule, exactly.
#[test]
fn r_finds_the_same_thresholds() {
    let rows = include_str!("fixtures/rfm/rfm_data_customer.csv").lines().enumerate();
    let numbered =
        rows.map(|(at, row)| if at == 0 { format!("id,{row}\n") } else { format!("{at},{row}\n") });
    let folder = folder();
    let file = folder.write("customers.csv", &numbered.collect::<String>());
    let found = json(&[
        &file,
        "--recency",
        "recency_days",
        "--as-of",
        "2007-01-01",
        "--method",
        "quantile-plus-one",
    ]);
    assert_eq!(found["customers"], 39_999);
    let orders: u64 = found["metrics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["frequency"].as_u64().unwrap())
        .sum();
    assert_eq!(orders, 393_223);
    let edges = |letter: &str| found["edges"][letter].clone();
    assert_eq!(edges("r"), serde_json::json!([77.0, 126.0, 177.0, 266.0]));
    assert_eq!(edges("f"), serde_json::json!([8.0, 10.0, 11.0, 13.0]));
    assert_eq!(edges("m"), serde_json::json!([641.0, 827.0, 1003.0, 1226.0]));
}

/// The sums of sales lines, told as customers, get the scores of the lines.
#[test]
fn customers_told_get_the_scores_of_their_lines() {
    let sales = format!("{}/examples/sales.csv", env!("CARGO_MANIFEST_DIR"));
    let lines = rfm(&[&sales, "--returns", "drop", "--format", "json"]);
    let lines: Value = serde_json::from_slice(&lines.stdout).unwrap();
    let mut told = String::from("Customer,Orders,Last,First,Revenue\n");
    for one in lines["metrics"].as_array().unwrap() {
        let text = |key: &str| one[key].as_str().unwrap().to_string();
        let (orders, money) = (&one["frequency"], &one["monetary"]);
        told +=
            &format!("{},{orders},{},{},{money}\n", text("customer"), text("last"), text("first"));
    }
    let folder = folder();
    let file = folder.write("told.csv", &told);
    let told = json(&[&file, "--as-of", lines["as_of"].as_str().unwrap()]);
    for key in ["scores", "edges", "segments"] {
        assert_eq!(told[key], lines[key], "{key}");
    }
    for (told, line) in
        told["metrics"].as_array().unwrap().iter().zip(lines["metrics"].as_array().unwrap())
    {
        for key in ["recency_days", "frequency", "monetary", "tenure_days", "first", "last"] {
            assert_eq!(told[key], line[key], "{key}");
        }
        assert!(told["lines"].is_null() && told["trend"].is_null());
    }
    assert_eq!(told["tables"]["months"].as_array().unwrap().len(), 0);
}

#[test]
fn what_does_not_fit_is_told() {
    let folder = folder();
    let refused = |text: &str, arguments: &[&str], said: &[&str]| {
        let file = folder.write("bad.csv", text);
        let output = rfm(&[&[file.as_str(), "--level", "customer"], arguments].concat());
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{errors}");
        for said in said {
            assert!(errors.contains(said), "{said}: {errors}");
        }
    };
    refused(
        "id,orders,last,money\na,1,2024-01-01,5\na,2,2024-01-02,6\n",
        &[],
        &["customer-duplicate", "customer a has several rows"],
    );
    refused("id,orders,recency,money\na,1,5,5\n", &[], &["--as-of"]);
    refused("id,name\na,b\n", &[], &["number of orders", "last purchase", "the money"]);
    let file = folder.write("lines.csv", "id,date,money\na,2024-01-01,5\n");
    assert_eq!(rfm(&[&file, "--orders", "money"]).status.code(), Some(1));
    // Half an order is set aside and counted; who has none is kept, and not scored.
    let file = folder.write(
        "odd.csv",
        "id,orders,last,money\na,1.5,2024-01-01,5\nb,2,2024-01-02,-6\nc,0,2024-01-02,0\n",
    );
    let found = json(&[&file]);
    assert_eq!(found["ledger"]["set_aside"][0]["reason"], "not_a_number");
    assert_eq!((&found["customers"], &found["scored"]), (&2.into(), &1.into()));
    assert_eq!(found["metrics"][0]["monetary"], -6.0);
}
