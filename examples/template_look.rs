use custval::{diagnostic::Diagnostics, model::Model, workbook::*};
use std::fs;
fn main() {
    let out = std::env::args().nth(1).unwrap();
    let mut log = Diagnostics::new();
    for name in ["sme", "retail-loyalty"] {
        let m = Model::open(name, &mut log).unwrap();
        fs::write(format!("{out}/{name}.xlsx"), write_template(&m, &Contents::default()).unwrap())
            .unwrap();
    }
    let m = Model::open("sme", &mut log).unwrap();
    let d = "/work/shared/data/sme_paper_reconstruction/";
    let mut c = Contents::default();
    let mut r = csv::Reader::from_path(format!("{d}expert_scores.csv")).unwrap();
    let h = r.headers().unwrap().clone();
    for rec in r.records() {
        let rec = rec.unwrap();
        if !c.experts.iter().any(|e| e.name == rec[0]) {
            c.experts.push(ExpertEntry {
                name: rec[0].into(),
                role: "role".into(),
                weight: 1.0,
                include: true,
            });
        }
        if !c.customers.iter().any(|e| *e == rec[1]) {
            c.customers.push(rec[1].into());
        }
        for i in 2..rec.len() {
            c.scores.insert((rec[0].into(), rec[1].into(), h[i].into()), rec[i].parse().unwrap());
        }
    }
    let mut r = csv::Reader::from_path(format!("{d}pairwise_judgements.csv")).unwrap();
    for rec in r.records() {
        let rec = rec.unwrap();
        let v = &rec[4];
        let v: f64 = match v.split_once('/') {
            Some((a, b)) => a.parse::<f64>().unwrap() / b.parse::<f64>().unwrap(),
            None => v.parse().unwrap(),
        };
        c.judgements.insert((rec[1].into(), rec[0].into(), rec[2].into(), rec[3].into()), v);
    }
    fs::write(format!("{out}/filled.xlsx"), write_template(&m, &c).unwrap()).unwrap();
    // one inconsistent
    let e = c.experts[0].name.clone();
    c.judgements.insert((e.clone(), "potential_value".into(), "D1".into(), "D2".into()), 7.0);
    c.judgements.insert((e.clone(), "D2".into(), "D21".into(), "D23".into()), 1.0 / 9.0);
    let mut k: Vec<_> = c.judgements.keys().filter(|k| k.0 == c.experts[1].name).cloned().collect();
    k.truncate(9);
    for k in k {
        c.judgements.remove(&k);
    }
    fs::write(format!("{out}/odd.xlsx"), write_template(&m, &c).unwrap()).unwrap();
}
