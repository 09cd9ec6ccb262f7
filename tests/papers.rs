//! Tables and methods for papers: every number of a table stands in each of its forms, nothing that a
//! customer is called is more than a name, and the methods say what the result holds.

use assert_cmd::Command;
use custval::diagnostic::Diagnostics;
use custval::evaluation::{Evaluation, evaluate};
use custval::model::Model;
use custval::report::{
    Cell, Column, Format, Methods, Table, all_tex, shown, tables, to_csv, to_html, to_latex,
    to_markdown,
};
use std::path::Path;

fn root(file: &str) -> String {
    format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn paper() -> Evaluation {
    let model = Model::open("sme", &mut Diagnostics::new()).unwrap();
    evaluate(&model, &[root("examples/sme-paper.xlsx")], &mut Diagnostics::new()).unwrap()
}

const HOSTILE: [&str; 17] = [
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "\"; DROP TABLE customers; --",
    "\\input{/etc/passwd}",
    "a|b",
    "100% & $x_1$ # ~ ^ {}",
    "\u{202e}evil\u{202c} עברית العربية",
    "[link](javascript:alert(1)) ![i](x)",
    "[x]",
    "*",
    "`code` **b** _i_ \\",
    "line\nbreak\r\n\ttab\u{0}\u{1b}[31m",
    "www.evil.example a@b.c http://x.y",
    "客户甲 株式会社 고객",
    "?` !` -- --- '' ,, << >>",
    "- list 1. item # heading",
    "&lt;&amp;&#60;",
];

fn hostile() -> Table {
    let columns = vec![
        Column::new("name", "Name | <b> & \\x", Format::Text),
        Column::new("note", "Note", Format::Prose),
        Column::new("value", "Value", Format::Number(3)),
    ];
    let mut table = Table::new("hostile", "A <title> & 100 % \\title{x}", columns)
        .note("- A note with | and \\input{x} and <img src=x onerror=y>.");
    for (at, name) in HOSTILE.iter().enumerate() {
        table.push(vec![(*name).into(), format!("{name} {name}").into(), (at as f64 - 3.5).into()]);
    }
    let long = "long name ".repeat(30);
    table.push(vec![long.as_str().into(), "x".repeat(300).into(), Cell::Empty]);
    table
}

/// What a reader of the rendered table sees of a text.
fn seen(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        _ if c.is_control() || turns(c) => '?',
        _ => c,
    };
    text.chars().map(shown).collect()
}

fn cells_of(table: &Table) -> Vec<Vec<String>> {
    let row = |row: &Vec<Cell>| {
        row.iter().zip(&table.columns).map(|(cell, of)| seen(&shown(cell, of.format))).collect()
    };
    table.rows.iter().map(row).collect()
}

/// GFM read as its specification says: cells end at unescaped pipes, a backslash before a sign of ASCII is
/// that sign.
fn read_markdown(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|line| {
        let mut cells = vec![String::new()];
        let mut chars =
            line.strip_prefix("| ").unwrap().strip_suffix(" |").unwrap().chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => {
                    cells.last_mut().unwrap().extend(chars.next());
                }
                '|' => cells.push(String::new()),
                _ => cells.last_mut().unwrap().push(c),
            }
        }
        // One space on either side of each pipe is none of the text.
        let last = cells.len() - 1;
        let trim = |(at, cell): (usize, String)| {
            let cell =
                if at > 0 { cell.strip_prefix(' ').unwrap_or(&cell).to_string() } else { cell };
            if at < last { cell.strip_suffix(' ').unwrap_or(&cell).to_string() } else { cell }
        };
        cells.into_iter().enumerate().map(trim).collect()
    })
    .collect()
}

fn read_html(page: &str) -> Vec<Vec<String>> {
    let body = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let unescaped = |text: &str| {
        let signs =
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        signs.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to))
    };
    let rows = body.split("<tr>").skip(1);
    rows.map(|row| {
        let cells = row.split("</t").filter(|part| part.contains("<t"));
        cells.map(|cell| unescaped(cell.rsplit_once('>').unwrap().1)).collect()
    })
    .collect()
}

/// The signs that TeX prints for what stands in a cell.
fn read_tex(text: &str) -> String {
    let commands = [
        ("\\allowbreak{}", ""),
        ("\\textbackslash{}", "\u{1}"),
        ("\\textasciitilde{}", "\u{2}"),
        ("\\textasciicircum{}", "^"),
        ("\\textless{}", "<"),
        ("\\textgreater{}", ">"),
        ("\\textbar{}", "|"),
        ("\\symbol{34}", "\""),
        ("\\textasciigrave{}", "`"),
        ("\\ldots{}", "…"),
        ("{[}", "["),
        ("{]}", "]"),
        ("{*}", "*"),
        ("{}", ""),
        ("$-$", "-"),
        ("\\{", "\u{3}"),
        ("\\}", "\u{4}"),
        ("\\$", "\u{5}"),
        ("\\&", "\u{6}"),
        ("\\#", "\u{7}"),
        ("\\_", "_"),
        ("\\%", "\u{8}"),
        ("~", "\u{a0}"),
    ];
    let text = commands.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to));
    assert!(!text.contains(['\\', '{', '}', '$', '&', '%', '#']), "{text}");
    let back = [
        ("\u{1}", "\\"),
        ("\u{2}", "~"),
        ("\u{3}", "{"),
        ("\u{4}", "}"),
        ("\u{5}", "$"),
        ("\u{6}", "&"),
        ("\u{7}", "#"),
        ("\u{8}", "%"),
    ];
    back.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

fn read_latex(text: &str) -> Vec<Vec<String>> {
    let end = if text.contains("{longtable}") { "\\end{longtable}" } else { "\\bottomrule\n\\end" };
    let start = if text.contains("{longtable}") { "\\endfoot\n" } else { "\\midrule\n" };
    let body = text.split(start).nth(1).unwrap().split(end).next().unwrap();
    let rows = body.lines().map(|line| line.strip_suffix(" \\\\").unwrap());
    rows.map(|row| row.split(" & ").map(read_tex).collect()).collect()
}

#[test]
fn every_cell_stands_in_every_form_as_the_report_shows_it() {
    let evaluation = paper();
    let mut numbers = 0;
    for table in tables(&evaluation) {
        for digits in [None, Some(6), Some(0)] {
            let table = match digits {
                Some(digits) => table.clone().with_digits(digits),
                None => table.clone(),
            };
            let expected = cells_of(&table);
            assert_eq!(read_markdown(&to_markdown(&table)), expected, "{}", table.name);
            assert_eq!(read_html(&to_html(&table)), expected, "{}", table.name);
            // Signs of formulas are commands in LaTeX; numbers are as they are.
            let latex = read_latex_loosely(&to_latex(&table));
            assert_eq!(latex.len(), expected.len(), "{}", table.name);
            for (row, (found, expected)) in table.rows.iter().zip(latex.iter().zip(&expected)) {
                assert_eq!(found.len(), expected.len());
                for (cell, (found, expected)) in row.iter().zip(found.iter().zip(expected)) {
                    if let Cell::Number(number) = cell {
                        numbers += 1;
                        assert_eq!(&read_tex(found), expected, "{}", table.name);
                        if digits == Some(6) {
                            near(found, *number);
                        }
                    }
                }
            }
        }
    }
    assert!(numbers > 3_000, "{numbers}");
}

/// The cells as they are written.
fn read_latex_loosely(text: &str) -> Vec<Vec<String>> {
    let end = if text.contains("{longtable}") { "\\end{longtable}" } else { "\\bottomrule\n\\end" };
    let start = if text.contains("{longtable}") { "\\endfoot\n" } else { "\\midrule\n" };
    let body = text.split(start).nth(1).unwrap().split(end).next().unwrap();
    let rows = body.lines().map(|line| line.strip_suffix(" \\\\").unwrap());
    rows.map(|row| row.split(" & ").map(str::to_string).collect()).collect()
}

/// A written number is the table's at the decimals that are shown.
fn near(written: &str, number: f64) {
    let plain = read_tex(written).replace([',', '\u{a0}'], "");
    let (digits, scale) = match plain.strip_suffix('%') {
        Some(digits) => (digits.to_string(), 100.0),
        None => (plain, 1.0),
    };
    if digits.starts_with('<') {
        assert!(number < 0.0005);
        return;
    }
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let parsed: f64 = digits.parse().unwrap();
    let half = 0.5000001 * 10_f64.powi(-(decimals as i32));
    assert!((parsed - number * scale).abs() <= half, "{written} is not {number}");
}

#[test]
fn hostile_names_are_names() {
    let table = hostile();
    let expected = cells_of(&table);
    assert_eq!(read_markdown(&to_markdown(&table)), expected);
    assert_eq!(read_html(&to_html(&table)), expected);
    assert_eq!(read_latex(&to_latex(&table)), expected);
    let page = to_html(&table);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("\u{202e}"));
    assert!(page.contains("<caption>A &lt;title&gt; &amp; 100 % \\title{x}</caption>"));
    assert!(page.contains("<th scope=\"col\">Name | &lt;b&gt; &amp; \\x</th>"));
    let latex = to_latex(&table);
    for command in ["\\input", "\\title", "\\x"] {
        assert!(!latex.contains(command), "{command}");
    }
    let markdown = to_markdown(&table);
    assert!(
        !markdown.replace("\\<", "").contains('<')
            && !markdown.replace("\\]", "").contains("](")
            && !markdown.contains("http://")
    );
    assert!(
        markdown.ends_with(
            "\n\\- A note with \\| and \\\\input\\{x\\} and \\<img src=x onerror=y\\>.\n"
        )
    );
    let csv = to_csv(&table);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for (record, name) in reader.records().zip(HOSTILE) {
        let record = record.unwrap();
        assert_eq!(record[0].trim_start_matches('\''), name);
        assert!(!record[0].starts_with(['=', '+', '-', '@']));
    }
}

#[test]
fn long_tables_run_over_pages_and_the_document_takes_in_all() {
    let columns = vec![Column::new("n", "N", Format::Count)];
    let mut table = Table::new("n/../x y", "N", columns);
    (0..31_usize).for_each(|n| table.push(vec![n.into()]));
    let text = to_latex(&table);
    assert!(text.contains("\\begin{longtable}{r}") && text.contains("\\endhead"));
    assert!(text.contains("\\label{tab:n----x-y}"));
    assert!(!all_tex(std::slice::from_ref(&table)).contains("CJK"));
    let all = all_tex(&[table, hostile()]);
    for needed in [
        "\\usepackage{array,booktabs,longtable,iftex}",
        "\\input{n----x-y}\n",
        "\\input{hostile}\n",
    ] {
        assert!(all.contains(needed), "{needed}");
    }
}

#[test]
fn the_methods_of_the_example_say_its_figures() {
    let evaluation = paper();
    let methods = Methods::of_evaluation(&evaluation);
    let text = methods.text();
    for sentence in [
        "The customer value of 10 customers was evaluated by 15 indicators (model “sme”)",
        "The weights come from the pairwise comparisons of 4 experts by the analytic hierarchy process, as the \
         principal right eigenvector of each comparison matrix (Saaty 1977; Saaty 1980).",
        "judgement by judgement, by the weighted geometric mean (Aczél and Saaty 1983; Forman and Peniwati \
         1998).",
        "By the random indices “saaty1980” and the limit 0.10, the consistency ratios of the experts' 8 \
         comparison matrices of three or more items range from 0.0000 to 0.0175; none exceeds the limit \
         (Saaty 1980).",
        "The consistency ratios of the group's 2 matrices range from 0.0005 to 0.0045; none exceeds the limit.",
        "The indicators are scored by experts, on the scale from 1 to 5.",
        "The scores of 4 experts were combined by their weighted mean.",
        "Krippendorff's α = 0.654",
        "No score was missing.",
        "divided by k-means into 4 clusters on customer value, current value and potential value, in their own \
         units, from the distant cases of SPSS QUICK CLUSTER's one-pass rule (Lloyd 1982; IBM Corporation).",
        "There were 2 iterations of at most 100. The iteration converged: in iteration 2 no centre moved.",
        "F(3, 6) = 108.62, p < .001, η² = 0.982 for customer value",
        "F(3, 6) = 18.50, p = .002, η² = 0.902 for potential value (Fisher 1925).",
        "F(3, 2.6) = 138.76, p = .002 for customer value",
        "there were 1,000 draws with seed 1: each of 84 comparisons and of 600 scores",
        "All computations were made with custval 0.1.0 (The custval authors).",
    ] {
        assert!(text.contains(sentence), "{sentence}\n\n{text}");
    }
    // The key of each work that is cited stands in the file of works, and no other.
    let latex = methods.latex();
    let cited = latex.split("\\cite{").skip(1).filter_map(|rest| rest.split('}').next());
    let mut cited: Vec<&str> = cited.flat_map(|keys| keys.split(',')).collect();
    cited.sort_unstable();
    cited.dedup();
    let bibtex = methods.bibtex();
    let entries = bibtex.lines().filter(|line| line.starts_with('@'));
    let mut keys: Vec<&str> = entries.map(|line| line.split(['{', ',']).nth(1).unwrap()).collect();
    keys.sort_unstable();
    assert_eq!(cited, keys);
    assert_eq!(bibtex.matches('{').count(), bibtex.matches('}').count());
    for absent in ["bozoki", "crawford", "wang2011"] {
        assert!(!bibtex.contains(absent), "{absent}");
    }
    assert!(methods.markdown().starts_with("## Methods\n\nThe customer value of 10 customers"));
}

#[test]
fn other_rules_are_told_and_cited() {
    let mut model = Model::open("sme", &mut Diagnostics::new()).unwrap();
    model.weights.method = custval::model::Method::Rgmm;
    model.weights.aggregate = custval::model::Aggregate::Aip;
    model.weights.random_index = custval::model::RandomIndex::AlonsoLamata2006;
    model.clusters.standardise = custval::model::Standardise::Z;
    model.clusters.start = custval::model::Start::KmeansPlusPlus;
    model.combine = custval::model::Combine::Median;
    let files = [root("examples/sme-paper.xlsx")];
    let evaluation = evaluate(&model, &files, &mut Diagnostics::new()).unwrap();
    let text = Methods::of_evaluation(&evaluation).text();
    for words in [
        "the normalised geometric means of the rows of each comparison matrix (Saaty 1980; Crawford and \
         Williams 1985)",
        "the weighted geometric mean of each one's own weights (Forman and Peniwati 1998)",
        "“alonso_lamata2006”",
        "(Alonso and Lamata 2006)",
        "their weighted median",
        "standardised to mean 0 and standard deviation 1, from seeded starts by k-means++ (Lloyd 1982; Arthur \
         and Vassilvitskii 2007)",
    ] {
        assert!(text.contains(words), "{words}\n\n{text}");
    }
    assert!(!text.contains("Aczél") && !text.contains("QUICK CLUSTER"));
}

fn custval(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("custval").unwrap();
    command.current_dir(folder);
    command
}

#[test]
fn the_command_writes_whole_folders_and_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let example = root("examples/sme-paper.xlsx");
    custval(folder.path()).args(["evaluate", "sme", &example, "-o", "out"]).assert().success();
    let sales = root("examples/sales.csv");
    custval(folder.path())
        .args(["rfm", &sales, "-o", "shop", "--clusters", "3"])
        .assert()
        .success();
    let tables = |more: &[&str]| {
        let mut command = custval(folder.path());
        command.arg("tables").args(more).assert()
    };
    for (result, table) in [("out/result.json", "anova"), ("shop/result.json", "segments")] {
        for (format, ending) in
            [("latex", "tex"), ("markdown", "md"), ("csv", "csv"), ("html", "html")]
        {
            let [one, two] = ["one", "two"].map(|name| format!("{name}-{table}-{format}"));
            for name in [&one, &two] {
                tables(&[result, "--format", format, "-o", name]).success();
            }
            let (one, two) = (folder.path().join(one), folder.path().join(two));
            let mut names = 0;
            for entry in std::fs::read_dir(&one).unwrap() {
                let name = entry.unwrap().file_name();
                names += 1;
                let bytes = std::fs::read(one.join(&name)).unwrap();
                assert!(bytes == std::fs::read(two.join(&name)).unwrap(), "{name:?}");
            }
            assert!(names > 15, "{names}");
            let written = ["methods.md", "methods.txt", "methods.tex", "references.bib"];
            let table = format!("{table}.{ending}");
            for name in written.iter().copied().chain([table.as_str()]) {
                assert!(one.join(name).is_file(), "{name}");
            }
            assert_eq!(one.join("all.tex").exists(), format == "latex");
        }
    }
    let methods =
        std::fs::read_to_string(folder.path().join("one-segments-csv/methods.txt")).unwrap();
    for words in [
        "Recency (R, ",
        "was scored from 1 to 5 by quantiles of the values (type 7), less being better (Hyndman and Fan 1996).",
        "divided by k-means into 3 clusters on recency, frequency and monetary value",
        // All 300 customers in all 3 clusters.
        "F(2, 297) = ",
        "natural logarithms",
    ] {
        assert!(methods.to_lowercase().contains(&words.to_lowercase()), "{words}\n\n{methods}");
    }
    // CSV is that of the evaluation; a table alone goes to standard output.
    let csv = |path: &str| std::fs::read(folder.path().join(path)).unwrap();
    assert!(csv("out/tables/anova.csv") == csv("one-anova-csv/anova.csv"));
    let printed = tables(&["out/result.json", "--format", "csv", "--only", "anova"]).success();
    assert!(printed.get_output().stdout == csv("out/tables/anova.csv"));
    let printed = tables(&["out/result.json", "--only", "anova", "--digits", "6"]).success();
    let printed = String::from_utf8(printed.get_output().stdout.clone()).unwrap();
    assert!(printed.contains(" & 108.621982 & "), "{printed}");
    assert!(!printed.contains("\\label{tab:customers}"));

    let refused = |more: &[&str], code: &str| {
        let done = tables(more).code(1);
        let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        assert!(told.contains(&format!("[{code}]")), "{told}");
        told
    };
    refused(&["out/result.json", "-o", "one-anova-csv", "--format", "csv"], "output-exists");
    let told = refused(&["out/result.json", "--only", "anovas"], "option-invalid");
    assert!(told.contains("did you mean `anova`?"), "{told}");
    refused(&["out/result.json", "--digits", "18"], "option-invalid");
    refused(&["nothing.json"], "file-unreadable");
    let text = std::fs::read_to_string(folder.path().join("out/result.json")).unwrap();
    let changed = text.replacen("\"rank\": 1,", "\"rank\": 1 ,", 1);
    std::fs::write(folder.path().join("changed.json"), changed).unwrap();
    refused(&["changed.json"], "seal-broken");
    // What is printed as JSON is what is written.
    let printed = custval(folder.path())
        .args(["evaluate", "sme", &example, "--format", "json"])
        .assert()
        .success();
    assert!(printed.get_output().stdout == text.into_bytes());
}
