use custval::diagnostic::Diagnostics;
fn main() {
    let mut log = Diagnostics::new();
    let a: Vec<String> = std::env::args().skip(1).collect();
    let m = custval::model::Model::open(&a[0], &mut log).unwrap();
    match custval::evaluation::evaluate(&m, &a[1..], &mut log) {
        Ok(e) => {
            println!("{}", log.text(false));
            println!("{}", serde_json::to_string(&e.weights.global_weights).unwrap());
            for v in &e.values {
                println!("{} {} {:?} {:?} {:?}", v.customer, v.value, v.rank, v.cluster, v.class);
            }
            println!(
                "{:?}\n{:?}\n{:?}",
                e.clusters.start_cases, e.clusters.history, e.clusters.centres
            );
            for a in &e.anova {
                println!("{:?} {:?}", a.f, a.p);
            }
            for n in &e.notes {
                println!("- {n}");
            }
            std::fs::write("/tmp/e.json", serde_json::to_string_pretty(&e).unwrap()).unwrap();
        }
        Err(e) => println!("ERR {e}"),
    }
}
