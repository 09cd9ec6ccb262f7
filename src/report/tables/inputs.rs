//! Tables of what the figures rest on: experts, indicators, gaps, notes, warnings, provenance.

use crate::evaluation::Evaluation;
use crate::report::{Cell, Column, Format, Table};

/// The experts with their weights.
pub(crate) fn experts(evaluation: &Evaluation) -> Table {
    let columns = vec![
        Column::new("expert", "Expert", Format::Text),
        Column::new("role", "Role", Format::Text),
        Column::new("weight", "Weight", Format::Number(2)),
        Column::new("share", "Share in the judgements", Format::Percent(1)),
        Column::new("included", "Included", Format::Text),
        Column::new("scored", "Gave scores", Format::Text),
    ];
    let mut table = Table::new("experts", "Experts", columns);
    let yes = |truth: bool| Cell::from(if truth { "yes" } else { "no" });
    for expert in evaluation.experts.all() {
        table.push(vec![
            expert.name.as_str().into(),
            expert.role.as_str().into(),
            expert.weight.into(),
            evaluation.weights.experts.get(&expert.name).into(),
            yes(expert.include),
            yes(evaluation.indicators.experts.contains(&expert.name)),
        ]);
    }
    table
}

/// Where each indicator's scores come from.
pub(crate) fn indicators(evaluation: &Evaluation) -> Table {
    let columns = vec![
        Column::new("code", "Code", Format::Text),
        Column::new("name", "Indicator", Format::Text),
        Column::new("source", "Source", Format::Text),
        Column::new("complete", "Scored by all", Format::Count),
        Column::new("partial", "Scored by some", Format::Count),
        Column::new("missing", "Scored by nobody", Format::Count),
        Column::new("rule", "Rule", Format::Text),
        Column::new("edges", "Edges", Format::Text),
    ];
    let note = "Customers by how many of the experts scored them. Measured values come onto the \
                scale by the rule, whose edges are listed.";
    let mut table = Table::new("indicators", "Indicators", columns).note(note);
    for (summary, indicator) in
        evaluation.indicators.summary.iter().zip(&evaluation.model.indicators)
    {
        let edges = summary.edges.as_ref();
        let listed = edges.map(|edges| {
            edges.edges.iter().map(|edge| edge.to_string()).collect::<Vec<_>>().join("; ")
        });
        table.push(vec![
            summary.code.as_str().into(),
            indicator.name.as_str().into(),
            summary.source.as_str().into(),
            summary.complete.into(),
            summary.partial.into(),
            summary.missing.into(),
            edges.map(|edges| format!("{}, {}", edges.rule, edges.direction)).into(),
            listed.into(),
        ]);
    }
    table
}

/// Scores that were filled by the model's rule, if any.
pub(crate) fn filled(evaluation: &Evaluation) -> Option<Table> {
    let filled = &evaluation.indicators.filled;
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("code", "Indicator", Format::Text),
        Column::new("rule", "Rule", Format::Text),
        Column::new("score", "Score", Format::Number(4)),
    ];
    let mut table = Table::new("filled", "Scores filled by rule", columns);
    for one in filled {
        table.push(vec![
            one.customer.as_str().into(),
            one.code.as_str().into(),
            one.rule.as_str().into(),
            one.score.into(),
        ]);
    }
    (!filled.is_empty()).then_some(table)
}

/// Customers that were left out by the model's rule, if any.
pub(crate) fn left_out(evaluation: &Evaluation) -> Option<Table> {
    let left_out = &evaluation.indicators.left_out;
    let columns = vec![
        Column::new("customer", "Customer", Format::Text),
        Column::new("missing", "Not scored on", Format::Text),
    ];
    let mut table = Table::new("left_out", "Customers left out", columns);
    for one in left_out {
        table.push(vec![one.customer.as_str().into(), one.missing.join(", ").into()]);
    }
    (!left_out.is_empty()).then_some(table)
}

/// What there is to know, in plain sentences.
pub(crate) fn notes(evaluation: &Evaluation) -> Table {
    let mut table = Table::new("notes", "Notes", vec![Column::new("note", "Note", Format::Prose)]);
    for note in &evaluation.notes {
        table.push(vec![note.as_str().into()]);
    }
    table
}

/// Every repair and guess, with its place.
pub(crate) fn warnings(evaluation: &Evaluation) -> Table {
    let columns = vec![
        Column::new("code", "Code", Format::Text),
        Column::new("place", "Where", Format::Text),
        Column::new("message", "What was found or done", Format::Prose),
        Column::new("hint", "How to mend it", Format::Prose),
    ];
    let mut table = Table::new("warnings", "Warnings", columns);
    if evaluation.warnings.is_empty() {
        table.note = "There was nothing to repair and nothing to guess.".to_string();
    }
    for warning in &evaluation.warnings {
        table.push(vec![
            warning.code.as_str().into(),
            warning.place.as_ref().map(|place| place.to_string()).into(),
            warning.message.as_str().into(),
            warning.hint.as_deref().into(),
        ]);
    }
    table
}

/// What the figures were made from, by what, and with which options.
pub(crate) fn provenance(evaluation: &Evaluation) -> Table {
    let columns =
        vec![Column::new("what", "What", Format::Text), Column::new("is", "Is", Format::Prose)];
    let mut table = Table::new("provenance", "Provenance", columns);
    let model = &evaluation.model;
    let clusters = &evaluation.clusters;
    let start = match clusters.start_cases.as_slice() {
        [] => clusters.start.word().to_string(),
        cases => {
            let cases: Vec<String> = cases.iter().map(|case| case.to_string()).collect();
            format!("{} (customers {})", clusters.start.word(), cases.join(", "))
        }
    };
    let mut say = |what: &str, is: String| table.push(vec![what.into(), is.into()]);
    say("Made by", evaluation.made_by.clone());
    if let Some(command) = &evaluation.command {
        say("Command", command.clone());
    }
    say("Model", format!("{}: {}", model.name, model.title));
    if let Some(reference) = &model.reference {
        say("Index system", reference.clone());
    }
    for input in &evaluation.inputs {
        say("Input", format!("{}, {} bytes, SHA-256 {}", input.file, input.bytes, input.sha256));
    }
    say(
        "Weights",
        format!("{}, group by weighted geometric mean of judgements", model.weights.method),
    );
    say("Random index", model.weights.random_index.to_string());
    say("Consistency limit", model.weights.consistency_limit.to_string());
    say("Missing scores", model.missing.to_string());
    say("Clustered", clusters.variables.join(", "));
    say("Clusters", clusters.k.to_string());
    say("Start", start);
    say("Standardised", clusters.standardise.to_string());
    say("Iterations at most (MXITER)", clusters.max_iterations.to_string());
    say("Convergence (CONVERGE)", clusters.converge.to_string());
    say("Seed", clusters.seed.to_string());
    say("Seeded starts", clusters.restarts.to_string());
    say("Numbers of clusters compared", format!("1 to {}", clusters.compare_up_to));
    say("References of the gap statistic", clusters.gap_references.to_string());
    say("Bootstrap draws", clusters.bootstraps.to_string());
    say("Class rule", model.classes.rule.to_string());
    for cut in &evaluation.naming.cuts {
        say("Cut", format!("{}: {} (mean of {})", cut.part, cut.at, cut.cut));
    }
    table
}
