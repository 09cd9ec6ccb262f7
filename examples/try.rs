fn main() {
    let mut log = custval::diagnostic::Diagnostics::new();
    for f in std::env::args().skip(1) {
        let m = custval::model::Model::open(&f, &mut log);
        println!("{}", m.is_some());
    }
    println!("{}", log.text(false));
}
