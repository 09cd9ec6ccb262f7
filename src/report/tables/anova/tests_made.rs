//! The tests beside the one-way table.

use crate::anova::{Anova, Effect, Pair};
use crate::report::{Cell, Column, Format, Table};

/// What each test says of each variable.
pub(crate) fn sentences_table(tables: &[Anova]) -> Table {
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("sentence", "What it says", Format::Prose),
    ];
    let mut table = Table::new("anova_sentences", "What the tests say", columns);
    for anova in tables {
        for sentence in anova.sentences.iter().chain(&anova.notes) {
            table.push(vec![anova.variable.as_str().into(), sentence.as_str().into()]);
        }
    }
    table
}

/// Every test of equal means, ranks and variances with its statistic.
pub(crate) fn tests_table(tables: &[Anova]) -> Table {
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("test", "Test", Format::Text),
        Column::new("of", "of equal", Format::Text),
        Column::new("statistic", "Statistic", Format::Number(3)),
        Column::new("df1", "df 1", Format::Count),
        Column::new("df2", "df 2", Format::Number(2)),
        Column::new("p", "Sig.", Format::Probability),
    ];
    let mut table = Table::new("anova_tests", "Tests beside F", columns).note(
        "Levene goes by distances from the means, Brown and Forsythe by those from the medians.",
    );
    for anova in tables {
        let (welch, kruskal, bartlett) = (&anova.welch, &anova.kruskal, &anova.bartlett);
        let levene = |name: &'static str, found: &crate::anova::Levene| {
            (name, "variances", found.f, found.df1, Some(found.df2 as f64), found.p)
        };
        let rows = [
            ("Welch", "means", welch.f, welch.df1, welch.df2, welch.p),
            ("Kruskal–Wallis", "ranks", kruskal.h, kruskal.df, None, kruskal.p),
            levene("Levene", &anova.levene),
            levene("Brown–Forsythe", &anova.levene_median),
            ("Bartlett", "variances", bartlett.k_squared, bartlett.df, None, bartlett.p),
        ];
        for (test, of, statistic, df1, df2, p) in rows {
            let statistic = match (statistic, p) {
                (Some(statistic), _) => statistic.into(),
                (None, Some(_)) => "infinite".into(),
                (None, None) => Cell::from("undefined"),
            };
            table.push(vec![
                anova.variable.as_str().into(),
                test.into(),
                of.into(),
                statistic,
                df1.into(),
                df2.into(),
                p.into(),
            ]);
        }
    }
    table
}

/// Every effect size with its interval.
pub(crate) fn effects_table(tables: &[Anova]) -> Table {
    let number = Format::Number(3);
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("effect", "Effect size", Format::Text),
        Column::new("value", "Estimate", number),
        Column::new("lower", "Lower", number),
        Column::new("upper", "Upper", number),
    ];
    let mut table = Table::new("anova_effects", "Effect sizes", columns)
        .note("Intervals are for the whole population, by the noncentral F distribution; one interval of the share between groups serves η², ω² and ε². That of ranks has none.");
    for anova in tables {
        let effects = &anova.effects;
        let ranks = Effect { value: anova.kruskal.epsilon_squared, ..Effect::default() };
        for (name, effect) in [
            ("η²", effects.eta_squared),
            ("ω²", effects.omega_squared),
            ("ε²", effects.epsilon_squared),
            ("Cohen's f", effects.cohen_f),
            ("ε² of ranks", ranks),
        ] {
            table.push(vec![
                anova.variable.as_str().into(),
                name.into(),
                effect.value.into(),
                effect.lower.into(),
                effect.upper.into(),
            ]);
        }
    }
    table
}

/// Every pair of groups by Tukey and by Games and Howell; nothing where no pair was compared.
pub(crate) fn pairs_table(tables: &[Anova]) -> Option<Table> {
    let number = Format::Number(3);
    let columns = vec![
        Column::new("variable", "", Format::Text),
        Column::new("method", "Method", Format::Text),
        Column::new("a", "a", Format::Text),
        Column::new("b", "b", Format::Text),
        Column::new("difference", "a − b", number),
        Column::new("se", "SE", number),
        Column::new("p", "Sig.", Format::Probability),
        Column::new("lower", "Lower", number),
        Column::new("upper", "Upper", number),
    ];
    let mut table = Table::new("anova_pairs", "Pairs of groups", columns)
        .note("Sig. and intervals hold for all pairs of a variable at once.");
    for anova in tables {
        let row = |method: &str, pair: &Pair| {
            vec![
                anova.variable.as_str().into(),
                method.into(),
                pair.a.as_str().into(),
                pair.b.as_str().into(),
                pair.difference.into(),
                pair.se.into(),
                pair.p.into(),
                pair.lower.into(),
                pair.upper.into(),
            ]
        };
        anova.tukey.iter().for_each(|pair| table.push(row("Tukey", pair)));
        anova.games_howell.iter().for_each(|pair| table.push(row("Games–Howell", pair)));
    }
    (!table.rows.is_empty()).then_some(table)
}
