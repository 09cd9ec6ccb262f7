//! Hostile files never panic, hang or pass in silence, and every fault is said with its cell.

use custval::Error;
use custval::diagnostic::{Code, Diagnostics, Severity};
use custval::evaluation::{evaluate, weigh_files};
use custval::model::{Model, WeightRules};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// Two indicators, weights in the model, so that a sheet of scores is all it needs.
fn model() -> Model {
    let text = "name = 'two'\ngoal = { code = 'v', name = 'Value' }\n\
        [[indicator]]\ncode = 'a'\nname = 'First'\nparent = 'v'\nweight = 0.5\n\
        [[indicator]]\ncode = 'b'\nname = 'Second'\nparent = 'v'\nweight = 0.5\n\
        grades = { good = 5, bad = 1 }\n[clusters]\nk = 2\nvariables = ['v']\n";
    Model::parse(text, "two.toml", &mut Diagnostics::new()).unwrap()
}

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Files {
        Files(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }
}

/// Evaluates, and gives back what was said: (severity, code, place).
fn said(files: &[String]) -> (bool, Vec<(Severity, Code, String)>) {
    let mut log = Diagnostics::new();
    let (done, log) = match evaluate(&model(), files, &mut log) {
        Ok(_) => (true, log),
        Err(Error::Input(all)) => (false, all),
        Err(failure) => panic!("{failure}"),
    };
    let place = |place: &Option<custval::diagnostic::Place>| {
        let shown = place.as_ref().map(|place| place.to_string()).unwrap_or_default();
        shown.rsplit('/').next().unwrap_or_default().to_string()
    };
    (done, log.iter().map(|d| (d.severity, d.code, place(&d.place))).collect())
}

fn refused(files: &[String]) -> Vec<(Code, String)> {
    let (done, said) = said(files);
    assert!(!done, "not refused: {said:?}");
    said.into_iter().filter(|(s, ..)| *s == Severity::Error).map(|(_, c, p)| (c, p)).collect()
}

/// A workbook of scores: Customer, a, b and rows; `change` then spoils it.
fn scores(change: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Score Ann").unwrap();
    for (column, header) in ["Customer", "a", "b"].iter().enumerate() {
        sheet.write_string(0, column as u16, *header).unwrap();
    }
    for row in 1..=3u32 {
        sheet.write_string(row, 0, format!("K{row}")).unwrap();
        sheet.write_number(row, 1, f64::from(row)).unwrap();
        sheet.write_number(row, 2, f64::from(row + 1)).unwrap();
    }
    change(sheet);
    book.save_to_buffer().unwrap()
}

fn one(change: impl Fn(&mut Worksheet)) -> Vec<(Code, String)> {
    let files = Files::new();
    refused(&[files.write("s.xlsx", scores(change))])
}

fn at(code: Code, cell: &str) -> Vec<(Code, String)> {
    vec![(code, format!("s.xlsx  'Score Ann'!{cell}"))]
}

#[test]
fn a_sound_workbook_is_evaluated() {
    let files = Files::new();
    assert_eq!(said(&[files.write("s.xlsx", scores(|_| {}))]), (true, vec![]));
}

/// One spoilt cell gives one fault, at that cell.
#[test]
fn each_spoilt_cell_is_one_fault_at_its_place() {
    let text = |text: &'static str| {
        move |s: &mut Worksheet| {
            s.write_string(2, 1, text).unwrap();
        }
    };
    assert_eq!(one(text("four")), at(Code::ScoreNotANumber, "B3"));
    assert_eq!(one(text("4分")), at(Code::ScoreNotANumber, "B3"));
    assert_eq!(one(text("=1+1")), at(Code::ScoreNotANumber, "B3"));
    assert_eq!(
        one(|s| {
            s.write_number(2, 1, 6).unwrap();
        }),
        at(Code::ScoreOutOfScale, "B3")
    );
    assert_eq!(
        one(|s| {
            s.write_number(2, 1, -1e300).unwrap();
        }),
        at(Code::ScoreOutOfScale, "B3")
    );
    assert_eq!(
        one(|s| {
            s.write_boolean(2, 1, true).unwrap();
        }),
        at(Code::ScoreNotANumber, "B3")
    );
    assert_eq!(one(text("excellent")), at(Code::ScoreNotANumber, "B3"));
    assert_eq!(
        one(|s| {
            s.write_blank(2, 1, &Format::new()).unwrap();
        }),
        at(Code::ScoreMissing, "B3")
    );
    let date = |s: &mut Worksheet| {
        let format = Format::new().set_num_format("d mmm");
        let date = ExcelDateTime::from_ymd(2026, 1, 3).unwrap();
        s.write_datetime_with_format(2, 1, &date, &format).unwrap();
    };
    assert_eq!(one(date), at(Code::ScoreNotANumber, "B3"));
    let error = |s: &mut Worksheet| {
        s.write_formula(2, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
    };
    assert_eq!(one(error), at(Code::CellError, "B3"));
    let merged = |s: &mut Worksheet| {
        s.merge_range(1, 1, 2, 1, "", &Format::new()).unwrap();
        s.write_number(1, 1, 4).unwrap();
    };
    assert_eq!(one(merged), at(Code::ScoreMissing, "B3"));
}

/// What is read although it was typed in another way is warned of.
#[test]
fn unusual_numbers_are_read_with_a_warning() {
    for (typed, _) in [("4", 4.0), ("４", 4.0), ("3,5", 3.5), (" 2 ", 2.0)] {
        let files = Files::new();
        let book = scores(|s| {
            s.write_string(2, 1, typed).unwrap();
        });
        let (done, said) = said(&[files.write("s.xlsx", book)]);
        assert!(done, "{typed}");
        let warning =
            (Severity::Warning, Code::ScoreRepaired, "s.xlsx  'Score Ann'!B3".to_string());
        assert_eq!(said, [warning], "{typed}");
    }
    let files = Files::new();
    let graded = scores(|s| {
        s.write_string(2, 2, "GOOD ").unwrap();
    });
    assert_eq!(said(&[files.write("s.xlsx", graded)]), (true, vec![]));
}

#[test]
fn customers_and_experts_stand_once() {
    let twice = |s: &mut Worksheet| {
        s.write_string(2, 0, " ｋ1 ").unwrap();
    };
    assert_eq!(one(twice), at(Code::CustomerDuplicate, "A3"));
    let nameless = |s: &mut Worksheet| {
        s.write_string(2, 0, "  ").unwrap();
    };
    assert_eq!(one(nameless), at(Code::ColumnMissing, "A3"));
    let files = Files::new();
    let both = [files.write("s.xlsx", scores(|_| {})), files.write("t.xlsx", scores(|_| {}))];
    let faults = refused(&both);
    assert_eq!(faults.len(), 6);
    assert!(
        faults
            .iter()
            .all(|(code, place)| *code == Code::ScoreDuplicate && place.contains("t.xlsx"))
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Experts").unwrap();
    let rows = [["Expert", "Weight"], ["Ann", "1"], ["ann ", "2"], ["Ben", "0"], ["Cem", "much"]];
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    let experts = files.write("e.xlsx", book.save_to_buffer().unwrap());
    let faults = refused(&[files.write("s.xlsx", scores(|_| {})), experts]);
    let expected = [
        (Code::ExpertDuplicate, "A3"),
        (Code::ExpertWeightInvalid, "B4"),
        (Code::ExpertWeightInvalid, "B5"),
    ];
    assert_eq!(faults, expected.map(|(code, cell)| (code, format!("e.xlsx  'Experts'!{cell}"))));
}

#[test]
fn headers_are_there_once() {
    assert_eq!(
        one(|s| {
            s.write_string(0, 2, "a").unwrap();
        })
        .first()
        .map(|f| f.0),
        Some(Code::ColumnDuplicate)
    );
    assert_eq!(
        one(|s| {
            s.write_string(0, 2, "First").unwrap();
        })[0]
            .0,
        Code::ColumnDuplicate
    );
    assert_eq!(
        one(|s| {
            s.write_string(0, 2, "x").unwrap();
        })[0],
        at(Code::ColumnMissing, "A1")[0]
    );
    assert_eq!(
        one(|s| {
            s.write_string(0, 0, "Who").unwrap();
        })[0]
            .0,
        Code::ColumnMissing
    );
}

/// Names that begin with = + - @, very long ones, and ones from right to left are names.
#[test]
fn strange_names_are_names() {
    let long = "x".repeat(300);
    for name in
        ["=HYPERLINK(\"http://x\")", "+1", "-1", "@x", "<script>", "שלום", "🦀", long.as_str()]
    {
        let files = Files::new();
        let book = scores(|s| {
            s.write_string(2, 0, name).unwrap();
        });
        let path = files.write("s.xlsx", book);
        let evaluation = evaluate(&model(), &[path], &mut Diagnostics::new()).unwrap();
        assert_eq!(evaluation.values[1].customer, name);
        let report = custval::report::workbook(&evaluation).unwrap();
        assert!(
            !parts(&report).iter().any(|(_, xml)| xml.contains("<f>")),
            "{name} became a formula"
        );
        for table in custval::report::tables(&evaluation) {
            for line in custval::report::to_csv(&table).lines() {
                assert!(
                    !line.starts_with(['=', '+', '@'])
                        && !line.contains(",=")
                        && !line.contains(",@"),
                    "{line}"
                );
            }
        }
    }
}

/// The XML parts of a workbook's sheets.
fn parts(book: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    (0..archive.len())
        .filter_map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().to_string();
            let mut text = String::new();
            part.read_to_string(&mut text).ok()?;
            name.contains("worksheets/").then_some((name, text))
        })
        .collect()
}

/// A copy of the workbook with one part's text changed.
fn with_part(book: &[u8], ending: &str, mut change: impl FnMut(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name.ends_with(ending) {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        out.start_file(name, options).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_formula_without_a_value_is_named() {
    let book = with_part(&scores(|_| {}), "sheet1.xml", |xml| {
        let cell = "<c r=\"B3\"><v>2</v></c>";
        assert!(xml.contains(cell));
        xml.replace(cell, "<c r=\"B3\"><f>1+1</f></c>")
    });
    let files = Files::new();
    assert_eq!(refused(&[files.write("s.xlsx", book)]), at(Code::FormulaWithoutValue, "B3"));
}

#[test]
fn far_corners_and_many_columns_take_no_room() {
    let start = Instant::now();
    let far = scores(|s| {
        s.write_string(1_048_575, 16_383, "far").unwrap();
    });
    let wide = scores(|s| {
        for column in 3..16_384u16 {
            s.write_string(0, column, format!("column {column}")).unwrap();
            s.write_number(1, column, 1).unwrap();
        }
    });
    let files = Files::new();
    assert_eq!(said(&[files.write("far.xlsx", far)]), (true, vec![]));
    let (done, said) = said(&[files.write("wide.xlsx", wide)]);
    assert!(done);
    assert_eq!(
        said.iter().map(|(s, c, _)| (*s, *c)).collect::<Vec<_>>(),
        [(Severity::Note, Code::ColumnIgnored)]
    );
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn files_that_are_no_workbooks_are_refused_in_words() {
    let files = Files::new();
    let book = scores(|_| {});
    let html = "<html><table><tr><td>Customer</td></tr></table></html>";
    let encrypted =
        [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 2000][..]].concat();
    let mut other_zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    other_zip.start_file("hello.txt", zip::write::SimpleFileOptions::default()).unwrap();
    let cases = [
        (files.write("empty.xlsx", ""), Code::FileEmpty),
        (files.write("page.xls", html), Code::FileNotAWorkbook),
        (files.write("text.xlsx", "Customer,a,b\n"), Code::FileNotAWorkbook),
        (files.write("zip.xlsx", other_zip.finish().unwrap().into_inner()), Code::FileNotAWorkbook),
        (files.write("cfb.xls", encrypted), Code::FileUnreadable),
        (files.write("cut.xlsx", &book[..book.len() / 2]), Code::FileUnreadable),
        (files.write("blank.xlsx", Workbook::new().save_to_buffer().unwrap()), Code::FileEmpty),
        (files.write("header.csv", "Customer,a,b\n"), Code::ScoresMissing),
        (files.write("other.csv", "x,y\n1,2\n"), Code::FileEmpty),
        (files.write("latin.csv", b"Customer,a,b\nK\xe9,1,2\n"), Code::CsvMalformed),
        (files.write("utf16.csv", b"\xff\xfeC\0u\0s\0t\0"), Code::CsvMalformed),
        ("nowhere.xlsx".to_string(), Code::FileUnreadable),
    ];
    for (path, code) in cases {
        let faults = refused(std::slice::from_ref(&path));
        assert_eq!(faults[0].0, code, "{path}: {faults:?}");
        let name = Path::new(&path).file_name().unwrap().to_string_lossy().to_string();
        assert!(code == Code::ScoresMissing || faults[0].1.contains(&name), "{path}: {faults:?}");
    }
    // A workbook under the name of a CSV file is a workbook.
    assert_eq!(said(&[files.write("book.csv", &book)]), (true, vec![]));
}

#[test]
fn csv_files_come_in_many_forms() {
    let files = Files::new();
    for (name, text) in [
        ("bom.csv", "\u{feff}Customer,Expert,a,b\r\nK1,Ann,1,2\r\nK2,Ann,3,4"),
        ("semicolon.csv", "Customer;Expert;a;b\nK1;Ann;1;2\nK2;Ann;3;4\n"),
        ("tab.csv", "Customer\tExpert\ta\tb\nK1\tAnn\t1\t2\nK2\tAnn\t3\t4\n"),
        ("quoted.csv", "\"Customer\",Expert,a,b\n\"K\n1\",Ann,1,2\nK2,Ann,3,4\n"),
        (
            "long.csv",
            "Customer,Indicator,Expert,Score\nK1,a,Ann,1\nK1,b,Ann,2\nK2,a,Ann,3\nK2,b,Ann,4\n",
        ),
    ] {
        assert_eq!(said(&[files.write(name, text)]), (true, vec![]), "{name}");
    }
    // The line of a fault is that of the file, also behind a cell of two lines.
    let text = "Customer,Expert,a,b\n\"K\n1\",Ann,1,2\nK2,Ann,9,4\n";
    assert_eq!(
        refused(&[files.write("lines.csv", text)]),
        [(Code::ScoreOutOfScale, "lines.csv:4  a".to_string())]
    );
    let huge = format!("Customer,Expert,a,b\n{},Ann,1,2\nK2,Ann,3,x\0y\n", "K".repeat(1 << 20));
    assert_eq!(
        refused(&[files.write("huge.csv", huge)]),
        [(Code::ScoreNotANumber, "huge.csv:3  b".to_string())]
    );
}

/// A part of 3 GiB of zeros in 3 MB; and one whose header says that it is small.
#[test]
fn zip_bombs_are_refused_before_they_unpack() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        out.start_file(name, options).unwrap();
    }
    let block = vec![b' '; 1 << 20];
    for _ in 0..1100 {
        out.write_all(&block).unwrap();
    }
    let bomb = out.finish().unwrap().into_inner();
    assert!(bomb.len() < 5 << 20);
    let files = Files::new();
    let start = Instant::now();
    assert_eq!(refused(&[files.write("bomb.xlsx", bomb)])[0].0, Code::FileTooLarge);
    assert!(start.elapsed() < Duration::from_secs(60));
}

/// Cuts and changed bytes: whatever comes out, it is a result or a refusal, and soon.
#[test]
fn damaged_workbooks_never_panic() {
    let files = Files::new();
    let book = scores(|_| {});
    let start = Instant::now();
    for part in 1..40 {
        let path = files.write("cut.xlsx", &book[..book.len() * part / 40]);
        assert!(!said(&[path]).0);
    }
    let mut state = 1u64;
    for _ in 0..400 {
        let mut bytes = book.clone();
        for _ in 0..3 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len();
            bytes[at] ^= (state >> 20) as u8 | 1;
        }
        said(&[files.write("bytes.xlsx", bytes)]);
    }
    // The same inside the XML, where checksums do not catch it first.
    for _ in 0..400 {
        let spoilt = with_part(&book, "sheet1.xml", |xml| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % xml.len();
            let junk =
                ["", "<", ">", "\"", "999999999999", "&", "A", "/"][(state >> 25) as usize % 8];
            format!("{}{junk}{}", &xml[..at], &xml[(at + 1).min(xml.len())..])
        });
        said(&[files.write("xml.xlsx", spoilt)]);
    }
    assert!(start.elapsed() < Duration::from_secs(120));
}

fn ods(content: &str) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    out.start_file("mimetype", options).unwrap();
    out.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    out.start_file("META-INF/manifest.xml", options).unwrap();
    out.write_all(b"<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/></manifest:manifest>").unwrap();
    out.start_file("content.xml", options).unwrap();
    let head = "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Score Ann\">";
    let foot = "</table:table></office:spreadsheet></office:body></office:document-content>";
    out.write_all(format!("{head}{content}{foot}").as_bytes()).unwrap();
    out.finish().unwrap().into_inner()
}

#[test]
fn ods_files_are_read_and_their_bombs_refused() {
    let text = |t: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>"
        )
    };
    let number = |n: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{n}\"><text:p>{n}</text:p></table:table-cell>"
        )
    };
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let header = row(text("Customer") + &text("a") + &text("b"));
    let sound = format!(
        "{header}{}{}",
        row(text("K1") + &number("1") + &number("2")),
        row(text("K2") + &number("3") + &number("5"))
    );
    let files = Files::new();
    assert_eq!(said(&[files.write("s.ods", ods(&sound))]), (true, vec![]));
    let spoilt = sound.replace("office:value=\"5\"", "office:value=\"50\"");
    assert_eq!(
        refused(&[files.write("s.ods", ods(&spoilt))]),
        [(Code::ScoreOutOfScale, "s.ods  'Score Ann'!C3".to_string())]
    );
    let start = Instant::now();
    let bomb = format!(
        "{sound}<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"><text:p>1</text:p></table:table-cell></table:table-row>"
    );
    assert_eq!(refused(&[files.write("bomb.ods", ods(&bomb))])[0].0, Code::FileTooLarge);
    // Rows repeated to the end of the sheet are how LibreOffice ends every sheet: harmless.
    let filled = format!(
        "{sound}<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
    );
    assert_eq!(said(&[files.write("filled.ods", ods(&filled))]), (true, vec![]));
    assert!(start.elapsed() < Duration::from_secs(30));
}

/// Blocks of comparisons with every kind of fault, all told at once, each at its cell.
#[test]
fn every_fault_of_a_comparison_sheet_is_told_at_once() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("PW Ann").unwrap();
    let rows: [[&str; 5]; 6] = [
        ["Node", "v", "Value", "", ""],
        ["Item", "a", "b", "c", "d"],
        ["a", "1", "12", "", "strong"],
        ["b", "", "2", "3", "1/3"],
        ["c", "", "3", "1", "0"],
        ["d", "", "", "", ""],
    ];
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    let files = Files::new();
    let path = files.write("j.xlsx", book.save_to_buffer().unwrap());
    let mut log = Diagnostics::new();
    let Err(Error::Input(all)) = weigh_files(None, WeightRules::default(), &[path], &mut log)
    else {
        panic!("not refused");
    };
    let mut found: Vec<(Code, String)> = all
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .map(|d| {
            (d.code, d.place.as_ref().unwrap().to_string().rsplit('!').next().unwrap().to_string())
        })
        .collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    let expected = [
        (Code::JudgementOutOfScale, "C3"),
        (Code::JudgementSelf, "C4"),
        (Code::JudgementMissing, "D3"),
        (Code::JudgementContradiction, "D4"),
        (Code::JudgementNotANumber, "E3"),
        (Code::JudgementOutOfScale, "E5"),
    ];
    assert_eq!(found, expected.map(|(code, cell)| (code, cell.to_string())));
}

#[test]
fn hostile_models_are_refused_in_words() {
    let head = "name='x'\ngoal={code='v',name='V'}\n";
    let indicator = |n: usize| format!("[[indicator]]\ncode='i{n}'\nname='I'\nparent='v'\n");
    let deep: String = (0..3000)
        .map(|n| {
            let parent = if n == 0 { "v".to_string() } else { format!("c{}", n - 1) };
            format!("[[criterion]]\ncode='c{n}'\nname='C'\nparent='{parent}'\n")
        })
        .chain(["[[indicator]]\ncode='i'\nname='I'\nparent='c2999'\n".to_string()])
        .collect();
    let wide: String = (0..5000).map(indicator).collect();
    let parse = |text: &str| {
        let mut log = Diagnostics::new();
        let model = Model::parse(text, "m.toml", &mut log);
        assert_eq!(model.is_none(), log.is_faulty());
        log
    };
    assert!(!parse(&format!("{head}{deep}")).is_faulty());
    assert!(!parse(&format!("{head}{wide}")).is_faulty());
    for (text, code, line) in [
        ("name = ", Code::ModelSyntax, 1),
        (
            "name='x'\ngoal={code='v',name='V'}\n[[indicator]]\ncode=''\nname=''\nparent='v'\n",
            Code::ModelKeyMissing,
            4,
        ),
        (
            "name='x'\ngoal={code='v',name='V'}\n[scale]\nmin=nan\nmax=5\n",
            Code::ModelScaleInvalid,
            5,
        ),
        ("name='x'\ngoal={code='v',name='V'}\n[clusters]\nk=0\n", Code::ModelValueInvalid, 4),
        ("name='x'\ngoal={code='v',name='V'}\n[clusters]\nk=-1\n", Code::ModelValueInvalid, 4),
        (
            "name='x'\ngoal={code='v',name='V'}\n[weights]\nscale_max=inf\n",
            Code::ModelWeightInvalid,
            4,
        ),
    ] {
        let full = if text.contains("[[indicator]]") || !text.contains("goal") {
            text.to_string()
        } else {
            format!("{text}{}", indicator(1))
        };
        let log = parse(&full);
        let found = log
            .iter()
            .find(|d| d.code == code)
            .unwrap_or_else(|| panic!("{text}: {}", log.text(false)));
        let place = found.place.as_ref().unwrap().to_string();
        assert!(place.starts_with(&format!("m.toml:{line}")), "{text}: {place}");
    }
}
