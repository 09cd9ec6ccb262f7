//! The finding in one sentence: what a reader should know if they read nothing else.

use crate::evaluation::Evaluation;
use crate::text::count;

/// One or two plain sentences: how many customers there are, and what the top class makes up.
pub fn finding(evaluation: &Evaluation) -> String {
    let all = evaluation.values.len();
    let customers = count(all, "customer");
    let Some(top) = evaluation.classes.iter().max_by(|a, b| {
        let mean = |class: &crate::class::Profile| class.value / class.size as f64;
        mean(a).total_cmp(&mean(b))
    }) else {
        return format!("{customers} were evaluated.");
    };
    let name = top.name.to_lowercase();
    let others: Vec<String> = evaluation
        .classes
        .iter()
        .filter(|class| class.class != top.class)
        .map(|class| format!("{} {}", class.size, class.name.to_lowercase()))
        .collect();
    let rest = if others.is_empty() {
        String::new()
    } else {
        format!(" The others are {}.", crate::text::list(&others))
    };
    format!(
        "{} of {customers} are {name}, with {:.1} % of all value.{rest}",
        top.size,
        100.0 * top.share_of_value
    )
}
