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
    // The sheet is there twice: one fault, not one for each score.
    assert_eq!(faults, [(Code::ExpertDuplicate, "t.xlsx  'Score Ann'!B2".to_string())]);
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
    let header = |column: u16, text: &'static str| {
        one(move |s| {
            s.write_string(0, column, text).unwrap();
        })
    };
    // The indicator b has lost its column to a second a: both are told, and no gap behind them.
    let twice = [at(Code::ColumnDuplicate, "C1"), at(Code::ColumnMissing, "A1")].concat();
    assert_eq!(header(2, "a"), twice);
    assert_eq!(header(2, "First"), twice);
    assert_eq!(header(2, "x"), at(Code::ColumnMissing, "A1"));
    assert_eq!(header(0, "Who"), at(Code::ColumnMissing, "A1"));
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
        // The formulas that are there are ours: none calls what the names would.
        let formulas = parts(&report);
        let formulas = formulas.iter().flat_map(|(_, xml)| xml.split("<f>").skip(1));
        for formula in formulas.map(|rest| rest.split("</f>").next().unwrap_or_default()) {
            let is_ours = !formula.contains("HYPERLINK") && !formula.contains(name);
            assert!(is_ours || name.len() < 3, "{name} became the formula {formula}");
        }
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
        (files.write("twice.csv", b"Customer,a,b\nK1,\"1,2\nK2,1,2\n"), Code::CsvMalformed),
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
    let huge = format!("Customer,Expert,a,b\n{0},Ann,1,2\n{0},Ann,3,4\n", "K".repeat(1 << 20));
    let path = files.write("huge.csv", huge);
    let said_of_it = refused(std::slice::from_ref(&path));
    assert_eq!(said_of_it, [(Code::CustomerDuplicate, "huge.csv:3  Customer".to_string())]);
    let Err(fault) = evaluate(&model(), &[path], &mut Diagnostics::new()) else { panic!() };
    assert!(fault.to_string().len() < 3_000, "a name of 1 MB is not printed whole");
}

/// A part of 3 GiB of zeros in 3 MB; and one whose header says that it is small.
#[test]
fn zip_bombs_are_refused_before_they_unpack() {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
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
    let said_of_it = refused(&[files.write("bomb.xlsx", &bomb)]);
    assert_eq!(said_of_it, [(Code::FileTooLarge, "bomb.xlsx".to_string())]);
    // The same, with headers that say 100 bytes.
    let (size, small) = ((1100u32 << 20).to_le_bytes(), 100u32.to_le_bytes());
    let mut lying = bomb;
    let places: Vec<usize> = (0..lying.len() - 4).filter(|&at| lying[at..at + 4] == size).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|&at| lying[at..at + 4].copy_from_slice(&small));
    let faults = refused(&[files.write("lying.xlsx", lying)]);
    assert_eq!(faults.len(), 1);
    assert!(matches!(faults[0].0, Code::FileTooLarge | Code::FileUnreadable), "{faults:?}");
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
    for _ in 0..250 {
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
    for _ in 0..250 {
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

/// What is wrong with a CSV file as a whole is said with its line and the way to mend it.
#[test]
fn malformed_csv_files_are_refused_at_their_line() {
    let files = Files::new();
    let utf16: Vec<u8> =
        "\u{feff}Customer,a,b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, line, hint) in [
        ("quote.csv", b"Customer,a,b\nK1,1,2\n\"K2,3,4\nK3,1,2\n".to_vec(), 3, "twice"),
        ("latin.csv", b"Customer,a,b\nK1,1,2\nK\xe9,1,2\n".to_vec(), 3, "CSV UTF-8"),
        ("nul.csv", b"Customer,a,b\nK\x001,1,2\n".to_vec(), 2, "CSV UTF-8"),
        ("utf16.csv", utf16, 1, "Unicode Text"),
    ] {
        let Err(Error::Input(log)) =
            evaluate(&model(), &[files.write(name, bytes)], &mut Diagnostics::new())
        else {
            panic!("{name}")
        };
        let faults: Vec<_> = log.iter().collect();
        assert_eq!(faults.len(), 1, "{name}: {}", log.text(false));
        assert_eq!(faults[0].code, Code::CsvMalformed, "{name}");
        let place = faults[0].place.as_ref().unwrap().to_string();
        assert!(place.ends_with(&format!("{name}:{line}")), "{place}");
        assert!(faults[0].hint.as_ref().unwrap().contains(hint), "{name}");
    }
    // Quotes within a field are letters; doubled ones are one quote; decimal commas are read.
    let odd = "Customer;Expert;a;b\nK 5\" pipe;Ann;1,5;2\n\"K \"\"2\"\"\";Ann;3;4,5\n";
    let evaluation =
        evaluate(&model(), &[files.write("odd.csv", odd)], &mut Diagnostics::new()).unwrap();
    let names: Vec<&str> = evaluation.values.iter().map(|v| v.customer.as_str()).collect();
    assert_eq!(names, ["K 5\" pipe", "K \"2\""]);
    assert_eq!(evaluation.values[0].scores.numbers(), [1.5, 2.0]);
    assert_eq!(evaluation.values[1].scores.numbers(), [3.0, 4.5]);
}

/// Numbers of customers keep their zeros and all their digits.
#[test]
fn customers_named_by_numbers_keep_their_names() {
    let files = Files::new();
    let ids = ["007", "7", "12345678901234567890", "1e3", "+5"];
    let rows: String = ids.iter().zip(1..).map(|(id, n)| format!("{id},Ann,{n},2\n")).collect();
    let path = files.write("ids.csv", format!("Customer,Expert,a,b\n{rows}"));
    let evaluation = evaluate(&model(), &[path], &mut Diagnostics::new()).unwrap();
    let names: Vec<&str> = evaluation.values.iter().map(|v| v.customer.as_str()).collect();
    assert_eq!(names, ids);
    // Control characters of a name do not reach the terminal.
    let escape = "Customer,Expert,a,b\nK\u{1b}[31m1,Ann,9,2\nK2,Ann,1,1\nK3,Ann,x\u{1b}[0m,1\n";
    let Err(fault) = evaluate(&model(), &[files.write("esc.csv", escape)], &mut Diagnostics::new())
    else {
        panic!()
    };
    assert!(!fault.to_string().contains('\u{1b}'), "{fault}");
}

/// A cell that should name a customer: errors and formulas are none; dates are warned of.
#[test]
fn names_that_are_no_texts_are_told() {
    let error = |s: &mut Worksheet| {
        s.write_formula(2, 0, Formula::new("=NA()").set_result("#N/A")).unwrap();
    };
    assert_eq!(one(error), at(Code::CellError, "A3"));
    let files = Files::new();
    let dated = scores(|s| {
        let format = Format::new().set_num_format("d mmm");
        let date = ExcelDateTime::from_ymd(2026, 3, 1).unwrap();
        s.write_datetime_with_format(2, 0, &date, &format).unwrap();
        s.write_number(3, 0, 1001).unwrap();
    });
    let path = files.write("s.xlsx", dated);
    let warning = (Severity::Warning, Code::NameUnusual, "s.xlsx  'Score Ann'!A3".to_string());
    assert_eq!(said(std::slice::from_ref(&path)), (true, vec![warning]));
    let evaluation = evaluate(&model(), &[path], &mut Diagnostics::new()).unwrap();
    let names: Vec<&str> = evaluation.values.iter().map(|v| v.customer.as_str()).collect();
    assert_eq!(names, ["K1", "2026-03-01", "1001"]);
}

/// The hint of a hidden cell names the merged cells, also where another expert's score would do.
#[test]
fn merged_cells_are_named() {
    let files = Files::new();
    let merged = scores(|s| {
        s.merge_range(1, 1, 2, 1, "", &Format::new()).unwrap();
        s.write_number(1, 1, 4).unwrap();
    });
    let ben = "Customer,Expert,a,b\nK1,Ben,1,2\nK2,Ben,3,4\nK3,Ben,3,4\n";
    let paths = [files.write("s.xlsx", merged), files.write("ben.csv", ben)];
    assert_eq!(refused(&paths), at(Code::ScoreMissing, "B3"));
    let Err(fault) = evaluate(&model(), &paths, &mut Diagnostics::new()) else { panic!() };
    assert!(fault.to_string().contains("the merged cells B2:B3"), "{fault}");
    let names = |s: &mut Worksheet| {
        s.merge_range(1, 0, 2, 0, "K1", &Format::new()).unwrap();
    };
    assert_eq!(one(names), at(Code::ColumnMissing, "A3"));
}

/// Five files, of which the last alone is spoilt; and a file that cannot be read is not called
/// empty of scores too.
#[test]
fn a_fault_in_the_last_file_is_the_only_one() {
    let files = Files::new();
    let sheet = |expert: &str, score: &str| {
        format!("Customer,Expert,a,b\nK1,{expert},{score},2\nK2,{expert},3,4\nK3,{expert},5,5\n")
    };
    let mut paths: Vec<String> =
        (1..=4).map(|n| files.write(&format!("e{n}.csv"), sheet(&format!("E{n}"), "1"))).collect();
    paths.push(files.write("e5.csv", sheet("E5", "6")));
    assert_eq!(refused(&paths), [(Code::ScoreOutOfScale, "e5.csv:2  a".to_string())]);
    let book = scores(|_| {});
    paths[4] = files.write("cut.xlsx", &book[..book.len() / 2]);
    assert_eq!(refused(&paths), [(Code::FileUnreadable, "cut.xlsx".to_string())]);
    let half = "Customer,Expert,a,b\nK1,Ann,1,\nK2,Ann,3,4\n";
    let lost = [files.write("half.csv", half), paths[4].clone()];
    assert_eq!(refused(&lost), [(Code::FileUnreadable, "cut.xlsx".to_string())]);
}

fn long(rows: &str) -> Vec<(Code, String)> {
    let files = Files::new();
    let table = format!("Customer,Indicator,Expert,Score\nK1,a,Ann,1\nK1,b,Ann,2\n{rows}");
    refused(&[files.write("long.csv", table)])
}

/// A row of a long table that cannot be placed is one fault; what it may have held is not missing.
#[test]
fn rows_that_cannot_be_placed_are_one_fault_each() {
    let fault = |code: Code, place: &str| vec![(code, place.to_string())];
    assert_eq!(
        long("K2,Frst,Ann,3\nK2,b,Ann,4\n"),
        fault(Code::ScoreUnknownIndicator, "long.csv:4  Indicator")
    );
    assert_eq!(long(",a,Ann,3\nK2,b,Ann,4\n"), fault(Code::ColumnMissing, "long.csv:4  Customer"));
    assert_eq!(
        long("K2,a,Ann,3\nK2,a,Ann,4\nK2,b,Ann,4\n"),
        fault(Code::ScoreDuplicate, "long.csv:5  Score")
    );
    assert_eq!(long("K2,a,Ann,\nK2,b,Ann,4\n"), fault(Code::ScoreMissing, "long.csv:4  Score"));
}

/// Two sheets, one part: what a hostile file can repeat without storing it.
#[test]
fn addresses_beyond_the_sheet_are_refused() {
    let files = Files::new();
    for address in ["A99999999999", "ZZZZZZZZ1", "A1048577", "XFE1", "A4294967296"] {
        let spoilt = with_part(&scores(|_| {}), "sheet1.xml", |xml| {
            xml.replace("<c r=\"B3\">", &format!("<c r=\"{address}\">"))
        });
        let faults = refused(&[files.write("s.xlsx", spoilt)]);
        assert_eq!(faults.len(), 1, "{address}: {faults:?}");
        assert_eq!(faults[0].0, Code::FileUnreadable, "{address}");
    }
    let doubled =
        with_part(&scores(|_| {}), "sheet1.xml", |xml| xml.replace("<c r=\"C3\">", "<c r=\"B3\">"));
    assert_eq!(refused(&[files.write("s.xlsx", doubled)])[0].0, Code::FileUnreadable);
}

/// One text of 1 MB that 2,000 cells share would be 2 GB.
#[test]
fn a_shared_text_is_not_multiplied_without_limit() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Score Ann").unwrap();
    for row in 0..2_000 {
        sheet.write_string(row, 0, "bomb").unwrap();
    }
    let bomb = with_part(&book.save_to_buffer().unwrap(), "sharedStrings.xml", |xml| {
        xml.replace("bomb", &"b".repeat(1 << 20))
    });
    let files = Files::new();
    let fault = (Code::FileTooLarge, "bomb.xlsx  'Score Ann'".to_string());
    assert_eq!(refused(&[files.write("bomb.xlsx", bomb)]), [fault]);
}

#[test]
fn a_protected_workbook_is_called_so() {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    let files = Files::new();
    let fault = (Code::FileEncrypted, "secret.xlsx".to_string());
    assert_eq!(refused(&[files.write("secret.xlsx", bytes)]), [fault]);
}

/// ods texts that calamine's reader hangs on, or unfolds without limit, and merged cells.
#[test]
fn hostile_ods_files_end_soon() {
    let files = Files::new();
    let start = Instant::now();
    let text = |t: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{t}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    for (content, code) in [
        // Neither the table nor the note ever ends.
        ("<!--".to_string(), Code::FileUnreadable),
        (
            "<table:table-row><table:table-cell office:value-type=\"string\"><office:annotation>"
                .to_string(),
            Code::FileUnreadable,
        ),
        (row(&text("&unknown;")), Code::FileUnreadable),
        (row(&text("<text:s text:c=\"x\"/>")), Code::FileUnreadable),
        (row(&text(&"<text:s text:c=\"99999999999\"/>".repeat(10))), Code::FileTooLarge),
        (
            format!(
                "<table:table-row\ntable:number-rows-repeated='900000'>{}</table:table-row>",
                text("x").replace(
                    "<table:table-cell",
                    "<table:table-cell table:number-columns-repeated='16000'"
                )
            ),
            Code::FileTooLarge,
        ),
    ] {
        let faults = refused(&[files.write("s.ods", ods(&content))]);
        assert_eq!(faults, [(code, "s.ods".to_string())], "{content:.80}");
    }
    let header = row(&(text("Customer") + &text("a") + &text("b")));
    let number = |more: &str| {
        format!(
            "<table:table-cell {more} office:value-type=\"float\" office:value=\"2\"><text:p>2</text:p></table:table-cell>"
        )
    };
    let merged = format!(
        "{header}{}{}",
        row(&(text("K1") + &number("table:number-rows-spanned=\"2\"") + &number(""))),
        row(&(text("K2") + "<table:covered-table-cell/>" + &number("")))
    );
    assert_eq!(
        refused(&[files.write("m.ods", ods(&merged))]),
        [(Code::ScoreMissing, "m.ods  'Score Ann'!B3".to_string())]
    );
    let formula = format!(
        "{header}{}",
        row(&(text("K1") + "<table:table-cell table:formula=\"of:=[.A1]\"/>" + &number("")))
    );
    assert_eq!(
        refused(&[files.write("f.ods", ods(&formula))]),
        [(Code::FormulaWithoutValue, "f.ods  'Score Ann'!B2".to_string())]
    );
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// The errors of a weighing: (code, cell or line).
fn weighed(files: &[String]) -> Vec<(Code, String)> {
    let mut log = Diagnostics::new();
    let model = Model::parse(
        "name = 'three'\ngoal = { code = 'v', name = 'Value' }\n\
         [[indicator]]\ncode = 'a'\nname = 'First'\nparent = 'v'\n\
         [[indicator]]\ncode = 'b'\nname = 'Second'\nparent = 'v'\n\
         [[indicator]]\ncode = 'c'\nname = 'Third'\nparent = 'v'\n",
        "three.toml",
        &mut log,
    )
    .unwrap();
    match weigh_files(Some(&model), WeightRules::default(), files, &mut log) {
        Ok(_) => Vec::new(),
        Err(Error::Input(all)) => all
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(|d| {
                let place = d.place.as_ref().map(|place| place.to_string()).unwrap_or_default();
                (d.code, place.rsplit(['!', ':', '/']).next().unwrap_or_default().to_string())
            })
            .collect(),
        Err(failure) => panic!("{failure}"),
    }
}

fn pairwise(rows: &str) -> Vec<(Code, String)> {
    let files = Files::new();
    let table = format!("Expert,Node,A,B,Value\n{rows}");
    weighed(&[files.write("p.csv", table)])
}

#[test]
fn faults_of_a_long_table_of_judgements_do_not_cascade() {
    let fault = |code: Code, place: &str| vec![(code, place.to_string())];
    assert_eq!(pairwise("Ann,v,a,b,2\nAnn,v,a,c,3\nAnn,v,b,c,2\n"), []);
    // A misspelt item: the pair it stands for is not called missing too.
    assert_eq!(
        pairwise("Ann,v,a,b,2\nAnn,v,a,x,3\nAnn,v,b,c,2\n"),
        fault(Code::JudgementUnknownName, "3  B")
    );
    assert_eq!(
        pairwise("Ann,w,a,b,2\nAnn,v,a,c,3\nAnn,v,b,c,2\n"),
        fault(Code::JudgementUnknownName, "2  Node")
    );
    assert_eq!(
        pairwise("Ann,v,a,b,2\nAnn,v,a,,3\nAnn,v,b,c,2\n"),
        fault(Code::JudgementUnknownName, "3  B")
    );
    assert_eq!(
        pairwise("Ann,v,a,b,2\nAnn,v,c,c,3\nAnn,v,b,c,2\n"),
        fault(Code::JudgementSelf, "3  Value")
    );
    assert_eq!(
        pairwise("Ann,v,a,b,2\nAnn,v,a,c,\nAnn,v,b,c,2\n"),
        fault(Code::JudgementMissing, "3  Value")
    );
    assert_eq!(
        pairwise("Ann,v,a,b,2\nAnn,v,a,c,30\nAnn,v,b,c,2\n"),
        fault(Code::JudgementOutOfScale, "3  Value")
    );
    assert_eq!(
        pairwise("Ann,v,a,b,2\nAnn,v,b,a,2\nAnn,v,a,c,3\nAnn,v,b,c,2\n"),
        fault(Code::JudgementContradiction, "2  Value")
    );
    assert_eq!(
        pairwise("Ann,v,a,b,2\nAnn,v,a,b,2\nAnn,v,a,c,3\nAnn,v,b,c,2\n"),
        fault(Code::JudgementDuplicate, "3  Value")
    );
    // The same table twice is one fault.
    let files = Files::new();
    let table = "Expert,Node,A,B,Value\nAnn,v,a,b,2\nAnn,v,a,c,3\nAnn,v,b,c,2\n";
    let twice = [files.write("p.csv", table), files.write("q.csv", table)];
    assert_eq!(weighed(&twice), fault(Code::ExpertDuplicate, "2  Value"));
}

fn blocks(rows: &[&[&str]]) -> Vec<(Code, String)> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("PW Ann").unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
    let files = Files::new();
    weighed(&[files.write("j.xlsx", book.save_to_buffer().unwrap())])
}

#[test]
fn faults_of_a_matrix_do_not_cascade() {
    let fault = |code: Code, place: &str| vec![(code, place.to_string())];
    let head: &[&str] = &["Node", "v"];
    let across: &[&str] = &["Item", "a", "b", "c"];
    let (a, b, c): (&[&str], &[&str], &[&str]) =
        (&["a", "1", "2", "4"], &["b", "", "1", "2"], &["c", "", "", "1"]);
    assert_eq!(blocks(&[head, across, a, b, c]), []);
    // The items across in another order are read by their names.
    assert_eq!(
        blocks(&[
            head,
            &["Item", "c", "a", "b"],
            &["a", "4", "1", "2"],
            &["b", "2", "", "1"],
            &["c", "1"]
        ]),
        []
    );
    // A misspelt node is one fault at its cell, not one for each judgement.
    assert_eq!(blocks(&[&["Node", "w"], across, a, b, c]), fault(Code::JudgementUnknownName, "B1"));
    assert_eq!(
        blocks(&[head, &["Item", "a", "b", "x"], a, b, &["x", "", "", "1"]]),
        fault(Code::JudgementUnknownName, "D2")
    );
    let not_square = blocks(&[head, &["Item", "a", "b"], a, b, c]);
    assert_eq!(not_square, fault(Code::JudgementShape, "A5"));
    // An item that is misspelt in two ways is told in both places.
    let apart = blocks(&[head, &["Item", "a", "b", "x"], a, b, &["y", "", "", "1"]]);
    let both = ["A5", "D2"].map(|cell| (Code::JudgementShape, cell.to_string()));
    assert_eq!(apart, both);
    let twice = blocks(&[
        head,
        &["Item", "a", "b", "b", "c"],
        &["a", "1", "2", "2", "4"],
        &["b", "", "1", "1", "2"],
        &["c", "", "", "", "1"],
    ]);
    assert_eq!(twice, fault(Code::JudgementShape, "D2"));
    let half = blocks(&[head, across, &["a", "1", "2"], &["b", "", "1"], c]);
    assert_eq!(
        half,
        [(Code::JudgementMissing, "D3".to_string()), (Code::JudgementMissing, "D4".to_string())]
    );
    assert_eq!(blocks(&[head]), fault(Code::JudgementShape, "A1"));
    // A lower triangle of words beside a sound upper one is a fault of its own cell.
    assert_eq!(
        blocks(&[head, across, a, &["b", "weak", "1", "2"], c]),
        fault(Code::JudgementNotANumber, "B4")
    );
}

/// A long table without its header Value is told so, and not that it is no matrix.
#[test]
fn a_table_of_judgements_that_lacks_a_header_is_told_so() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Remarks").unwrap().write_string(0, 0, "x").unwrap();
    let files = Files::new();
    let unknown = files.write("unknown.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(weighed(&[unknown]), [(Code::FileEmpty, "unknown.xlsx".to_string())]);
    let sheet = book.add_worksheet().set_name("Pairwise").unwrap();
    for (column, header) in ["Expert", "Node", "A", "B", "Vaule"].iter().enumerate() {
        sheet.write_string(2, column as u16, *header).unwrap();
        sheet.write_string(3, column as u16, "Ann").unwrap();
    }
    let path = files.write("p.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(weighed(&[path]), [(Code::ColumnMissing, "A3".to_string())]);
}

/// Many items: neither n² room nor one fault for each of millions of pairs.
#[test]
fn huge_matrices_are_refused() {
    let start = Instant::now();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("PW Ann").unwrap();
    sheet.write_string(0, 0, "Node").unwrap();
    sheet.write_string(0, 1, "v").unwrap();
    for item in 1..=5_000u32 {
        sheet.write_string(1, item as u16, format!("i{item}")).unwrap();
        sheet.write_string(1 + item, 0, format!("i{item}")).unwrap();
    }
    let files = Files::new();
    let path = files.write("j.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(weighed(&[path]), [(Code::JudgementShape, "A3".to_string())]);
    // Every row heads a block.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("PW Ann").unwrap();
    for row in 0..20_000 {
        sheet.write_string(row, 0, "Node").unwrap();
        sheet.write_string(row, 1, "v").unwrap();
    }
    let path = files.write("n.xlsx", book.save_to_buffer().unwrap());
    assert!(weighed(&[path]).iter().all(|(code, _)| *code == Code::JudgementShape));
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn weights_of_experts_and_parts_have_bounds() {
    let files = Files::new();
    let scores = "Customer,Expert,a,b\nK1,Ann,1,2\nK2,Ann,3,4\n";
    let scores = files.write("s.csv", scores);
    for weight in ["0", "-1", "heavy", "1e308", "1e-300", "#N/A"] {
        let experts = files.write("e.csv", format!("Expert,Weight\nAnn,{weight}\n"));
        assert_eq!(
            refused(&[scores.clone(), experts]),
            [(Code::ExpertWeightInvalid, "e.csv:2  Weight".to_string())],
            "{weight}"
        );
    }
    // An expert who is left out is not read; nobody else is called missing for it.
    let experts = files.write("e.csv", "Expert,Weight,Include\nAnn,1,yes\nBen,1,no\n");
    let ben = files.write("ben.csv", "Customer,Expert,a,b\nK1,Ben,100,2\nK2,Ben,x,4\n");
    assert!(said(&[scores, experts, ben]).0);
}

/// What a model can be made to say, with the line of each fault and no other fault.
#[test]
fn hostile_models_are_told_at_their_lines() {
    let head = "name='x'\ngoal={code='v',name='V'}\n";
    let part = |code: &str, more: &str| {
        format!("[[indicator]]\ncode='{code}'\nname='I'\nparent='v'\n{more}")
    };
    let parse = |text: &str| {
        let mut log = Diagnostics::new();
        let model = Model::parse(text, "m.toml", &mut log);
        let lines = log.iter().map(|d| {
            let place = d.place.as_ref().unwrap().to_string();
            let line = place.split([':', ' ']).nth(1).unwrap().parse::<usize>().unwrap();
            (d.code, line)
        });
        (model, lines.collect::<Vec<_>>())
    };
    let faults = |text: String| parse(&text).1;
    use Code::{ModelCycle, ModelScaleInvalid, ModelValueInvalid, ModelWeightInvalid};
    let graded = "grades={good=5,bad=1}\n";
    assert_eq!(
        faults(format!("{head}[scale]\nmin=9\nmax=1\n{}", part("i", graded))),
        [(ModelScaleInvalid, 5)]
    );
    assert_eq!(
        faults(format!("{head}[scale]\nmin=-1e308\nmax=1e308\n{}", part("i", ""))),
        [(ModelScaleInvalid, 5)]
    );
    assert_eq!(
        faults(format!("{head}{}", part("i", "grades={good=5,GOOD=1}\n"))),
        [(ModelScaleInvalid, 7)]
    );
    for weight in ["nan", "inf", "-inf", "1e308", "0", "-1"] {
        let text = format!("{head}{}", part("i", &format!("weight={weight}\n")));
        assert_eq!(faults(text), [(ModelWeightInvalid, 7)], "{weight}");
    }
    for k in ["0", "-1", "1001", "9223372036854775807", "2.5", "'four'", "nan"] {
        let text = format!("{head}{}[clusters]\nk={k}\n", part("i", ""));
        assert_eq!(faults(text), [(ModelValueInvalid, 8)], "{k}");
    }
    let text = format!("{head}{}[clusters]\nmax_iterations=9223372036854775807\n", part("i", ""));
    assert_eq!(faults(text), []);
    let text = format!("{head}{}[clusters]\nconverge=nan\n", part("i", ""));
    assert_eq!(faults(text), [(ModelValueInvalid, 8)]);
    // A circle is told once, at one of its own criteria.
    let circle = "[[criterion]]\ncode='p'\nname='P'\nparent='q'\n\
                  [[criterion]]\ncode='q'\nname='Q'\nparent='p'\n";
    assert_eq!(
        faults(format!("{head}{}{}{circle}", part("i", ""), part("j", "").replace("'v'", "'p'"))),
        [(ModelCycle, 14)]
    );
    // Codes in full width and other scripts.
    let (model, said) = parse(&format!("{head}{}{}", part("Ｃ１", ""), part("指标 甲", "")));
    assert_eq!(said, []);
    let model = model.unwrap();
    assert_eq!(model.indicators.len(), 2);
    assert_eq!(model.find_indicator("c1"), Some(0));
    // Nested without end.
    let nested = format!("{head}x={}\n", "[".repeat(100_000));
    assert!(faults(nested).iter().any(|(code, _)| *code == Code::ModelSyntax));
}

#[test]
fn large_models_are_read_in_time() {
    let start = Instant::now();
    let head = "name='x'\ngoal={code='v',name='V'}\n";
    let deep: String = (0..10_000)
        .map(|n| {
            let parent = if n == 0 { "v".to_string() } else { format!("c{}", n - 1) };
            format!("[[criterion]]\ncode='c{n}'\nname='C'\nparent='{parent}'\n")
        })
        .chain(["[[indicator]]\ncode='i'\nname='I'\nparent='c9999'\n[clusters]\nk=2\n".into()])
        .collect();
    let model =
        Model::parse(&format!("{head}{deep}"), "deep.toml", &mut Diagnostics::new()).unwrap();
    let files = Files::new();
    let path = files.write("s.csv", "Customer,Expert,i\nK1,Ann,1\nK2,Ann,4\nK3,Ann,5\n");
    let evaluation = evaluate(&model, &[path], &mut Diagnostics::new()).unwrap();
    assert_eq!(evaluation.values[1].value, 4.0);
    // Ten thousand parts whose parents are all misspelt.
    let lost: String = (0..10_000)
        .map(|n| format!("[[criterion]]\ncode='c{n}'\nname='C'\nparent='d{n}'\n"))
        .collect();
    let mut log = Diagnostics::new();
    assert!(Model::parse(&format!("{head}{lost}"), "lost.toml", &mut log).is_none());
    assert!(log.iter().any(|d| d.code == Code::ModelParentUnknown));
    // Ten thousand siblings: their comparisons are too many, and that is one fault.
    let wide: String = (0..10_000)
        .map(|n| format!("[[indicator]]\ncode='i{n}'\nname='I'\nparent='v'\n"))
        .collect();
    let model =
        Model::parse(&format!("{head}{wide}"), "wide.toml", &mut Diagnostics::new()).unwrap();
    let path = files.write("p.csv", "Expert,Node,A,B,Value\nAnn,v,i1,i2,3\n");
    let mut log = Diagnostics::new();
    let refused = weigh_files(Some(&model), WeightRules::default(), &[path], &mut log);
    assert!(matches!(refused, Err(Error::Input(_))));
    assert_eq!(log.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::JudgementShape]);
    assert!(start.elapsed() < Duration::from_secs(60));
}

/// An xls file of one sheet, "Score Ann", with these records; the frame is as plain as can be.
fn xls(cells: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let record = |kind: u16, content: &[u8]| {
        [&kind.to_le_bytes()[..], &(content.len() as u16).to_le_bytes(), content].concat()
    };
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let name = b"Score Ann";
    let place = begin(5).len() + 4 + 8 + name.len() + 4;
    let sheet = [&(place as u32).to_le_bytes()[..], &[0, 0, name.len() as u8, 0], name].concat();
    let mut stream = [begin(5), record(0x0085, &sheet), record(0x000A, &[]), begin(0x10)].concat();
    cells.iter().for_each(|(kind, content)| stream.extend(record(*kind, content)));
    stream.extend(record(0x000A, &[]));
    let length = stream.len().max(4096) as u32;
    stream.resize((length as usize).next_multiple_of(512), 0);
    let sectors = stream.len() / 512;
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.resize(512, 0);
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(44, &1u32.to_le_bytes());
    put(48, &1u32.to_le_bytes());
    put(56, &4096u32.to_le_bytes());
    put(60, &0xFFFF_FFFEu32.to_le_bytes());
    put(68, &0xFFFF_FFFEu32.to_le_bytes());
    put(76, &[0; 4]);
    put(80, &[0xFF; 432]);
    let mut table: Vec<u32> = vec![0xFFFF_FFFD, 0xFFFF_FFFE];
    table.extend((1..sectors as u32).map(|n| n + 2));
    table.push(0xFFFF_FFFE);
    table.resize(128, 0xFFFF_FFFF);
    let entry = |name: &str, kind: u8, start: u32, length: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let used = entry.len() as u8 + 2;
        entry.resize(128, 0);
        entry[64] = used;
        entry[66] = kind;
        entry[68..80].fill(0xFF);
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&length.to_le_bytes());
        entry
    };
    let mut directory = entry("Root Entry", 5, 0xFFFF_FFFE, 0);
    directory[76] = 1;
    directory.extend(entry("Workbook", 2, 2, length));
    directory.resize(512, 0);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, table, directory, stream].concat()
}

fn xls_label(row: u16, column: u16, text: &str) -> (u16, Vec<u8>) {
    let places = [row, column, 0, text.len() as u16].map(u16::to_le_bytes).concat();
    (0x0204, [&places[..], &[0], text.as_bytes()].concat())
}

fn xls_number(row: u16, column: u16, number: f64) -> (u16, Vec<u8>) {
    let places = [row, column, 0].map(u16::to_le_bytes).concat();
    (0x0203, [&places[..], &number.to_le_bytes()].concat())
}

/// calamine's xls reader panics, hangs or asks for 100 GB on some of these.
#[test]
fn hostile_xls_files_end_soon() {
    let start = Instant::now();
    let files = Files::new();
    let mut cells = vec![xls_label(0, 0, "Customer"), xls_label(0, 1, "a"), xls_label(0, 2, "b")];
    for row in 1..=3 {
        cells.push(xls_label(row, 0, &format!("K{row}")));
        cells.push(xls_number(row, 1, f64::from(row)));
        cells.push(xls_number(row, 2, f64::from(row + 1)));
    }
    let sound = xls(&cells);
    assert_eq!(said(&[files.write("s.xls", &sound)]), (true, vec![]));
    // A workbook under the name of a CSV file is a workbook.
    assert_eq!(said(&[files.write("xls.csv", &sound)]), (true, vec![]));
    let mut spoilt = cells.clone();
    spoilt[4] = xls_number(1, 1, 50.0);
    assert_eq!(
        refused(&[files.write("t.xls", xls(&spoilt))]),
        [(Code::ScoreOutOfScale, "t.xls  'Score Ann'!B2".to_string())]
    );
    // Merged cells hide what lies under them, as in xlsx files.
    let area = [1u16, 1, 2, 1, 1].map(u16::to_le_bytes).concat();
    let merged = [cells.clone(), vec![(0x00E5, area)]].concat();
    assert_eq!(
        refused(&[files.write("m.xls", xls(&merged))]),
        [(Code::ScoreMissing, "m.xls  'Score Ann'!B3".to_string())]
    );
    let far = [cells.clone(), vec![xls_number(65_535, 65_535, 1.0)]].concat();
    let faults = refused(&[files.write("far.xls", xls(&far))]);
    assert_eq!(faults, [(Code::FileTooLarge, "far.xls".to_string())]);
    // The stream's last sector leads back to its first.
    let mut circle = sound.clone();
    let end = 512 + 4 * (1 + (sound.len() - 1536) / 512);
    assert_eq!(circle[end..end + 4], 0xFFFF_FFFEu32.to_le_bytes());
    circle[end..end + 4].copy_from_slice(&2u32.to_le_bytes());
    let faults = refused(&[files.write("circle.xls", circle)]);
    assert_eq!(faults, [(Code::FileUnreadable, "circle.xls".to_string())]);
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize
    };
    for _ in 0..500 {
        let mut bytes = sound.clone();
        for _ in 0..4 {
            // The tables at the front decide more than the empty sectors behind.
            let at = next() % 2048;
            bytes[at] = next() as u8;
        }
        said(&[files.write("flip.xls", bytes)]);
    }
    for part in 1..20 {
        assert!(!said(&[files.write("cut.xls", &sound[..sound.len() * part / 20])]).0);
    }
    assert!(start.elapsed() < Duration::from_secs(30));
}

/// JSON from programs: what is wrong with its form is told at its place, all at once.
#[test]
fn faults_of_json_files_are_told_at_once() {
    let told = |text: &str| {
        let files = Files::new();
        refused(&[files.write("j.json", text)])
    };
    let at = |code, place: &str| (code, format!("j.json{place}"));
    let sound = r#"{"Score Ann": [{"Customer": "K1", "a": 1, "b": 2},
        {"Customer": "K2", "b": "good", "a": 3.5}, {"Customer": "K3", "a": 5, "b": 1}]}"#;
    let files = Files::new();
    assert_eq!(said(&[files.write("j.json", sound)]), (true, vec![]));
    assert_eq!(said(&[files.write("b.json", format!("\u{feff}{sound}"))]), (true, vec![]));
    let rows = r#"[["Customer", "Expert", "a", "b"], ["K1", "Ann", 1, 2], ["K2", "Ann", 3, 4]]"#;
    assert_eq!(said(&[files.write("r.json", rows)]), (true, vec![]));
    // A cell's place is its row and key.
    assert_eq!(
        told(&sound.replace("3.5", "35")),
        [at(Code::ScoreOutOfScale, "  'Score Ann' row 2, a")]
    );
    assert_eq!(
        told(&sound.replace("3.5", "null")),
        [at(Code::ScoreMissing, "  'Score Ann' row 2, a")]
    );
    assert_eq!(told(&rows.replace("3,", "33,")), [at(Code::ScoreOutOfScale, "  'j' row 3, a")]);
    // Syntax: the line and column.
    for (text, place) in [
        ("{\n \"Scores\": [1,]}", ":2  column 15"),
        ("[[1, 2]", ":1  column 7"),
        ("[1e999]", ":1  column 6"),
        ("[] []", ":1  column 4"),
        ("Customer,a,b\n", ":1  column 1"),
    ] {
        assert_eq!(told(text), [at(Code::JsonMalformed, place)], "{text}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(told(&deep)[0].0, Code::JsonMalformed);
    let latin = files.write("l.json", b"[[\"Customer\"],\n[\"Caf\xe9\"]]");
    assert_eq!(refused(&[latin]), [(Code::JsonMalformed, "l.json:2".to_string())]);
    // Shape: everything at once.
    let faults = told(
        r#"{"Score Ann": [{"Customer": "K1", "a": [1], "b": 2, "b": 3}, ["K2", 1, 2], 7,
            {"": 1, "Customer": {"name": "K3"}}], "Score Ben": 4, "Score Ann": [[1], {"a": 1}]}"#,
    );
    let expected = [
        at(Code::JsonShape, "  'Score Ann' row 1, a"),
        at(Code::JsonKeyDuplicate, "  'Score Ann' row 1, b"),
        at(Code::JsonShape, "  'Score Ann' row 2"),
        at(Code::JsonShape, "  'Score Ann' row 3"),
        at(Code::JsonShape, "  'Score Ann' row 4"),
        at(Code::JsonShape, "  'Score Ann' row 4, Customer"),
        at(Code::JsonShape, "  'Score Ben'"),
        at(Code::JsonKeyDuplicate, "  'Score Ann'"),
        at(Code::JsonShape, "  'Score Ann' row 2"),
    ];
    assert_eq!(faults, expected);
    for text in ["7", "null", "\"Customer\""] {
        assert_eq!(told(text), [at(Code::JsonShape, "")], "{text}");
    }
    for text in ["[]", "{}", "{\"Scores\": []}", "[{}, {}]", "[[null]]"] {
        assert_eq!(told(text), [at(Code::FileEmpty, "")], "{text}");
    }
    // A long number is a name with all its digits.
    let long = sound.replace("\"K2\"", "12345678901234567891").replace("3.5", "35");
    assert_eq!(told(&long), [at(Code::ScoreOutOfScale, "  'Score Ann' row 2, a")]);
}

/// Faults of rules in a model have codes of their own, and what is not used is said.
#[test]
fn rules_of_a_model_name_what_is_there_and_used() {
    let text = "name = 'two'\ngoal = { code = 'v', name = 'Value' }\n\
        [[indicator]]\ncode = 'a'\nname = 'A'\nparent = 'v'\n\
        [[indicator]]\ncode = 'b'\nname = 'B'\nparent = 'v'\n";
    let said = |rules: &str| -> Vec<(Severity, Code)> {
        let mut log = Diagnostics::new();
        Model::parse(&format!("{text}{rules}"), "m.toml", &mut log);
        log.iter().map(|d| (d.severity, d.code)).collect()
    };
    assert_eq!(
        said("[clusters]\nvariables = ['v', 'w']\n[classes]\nhorizontal = 'x'\n"),
        [
            (Severity::Error, Code::ModelNameUnknown),
            (Severity::Error, Code::ModelNameUnknown),
            (Severity::Warning, Code::ModelKeyUnused),
        ]
    );
    let unused = "[classes]\nhorizontal = 'a'\nvertical = 'b'\n\
        [[class]]\ncode = 'x'\nname = 'X'\nhorizontal = 'low'\n";
    assert_eq!(said(unused), vec![(Severity::Warning, Code::ModelKeyUnused); 3]);
    let ranked = "[classes]\nrule = 'ranked'\n[[class]]\ncode = 'x'\nname = 'X'\n";
    assert_eq!(said(ranked), vec![]);
}

/// A list of experts is known by any of its columns, and an unclear Include is a fault of its own.
#[test]
fn a_list_of_experts_needs_no_weights() {
    let files = Files::new();
    let scores = files.write("s.csv", "Customer,Expert,a,b\nK1,Ann,1,2\nK2,Ann,3,4\nK1,Ben,9,9\n");
    for list in ["Expert,Include\nAnn,yes\nBen,no\n", "Expert,Role,Include\nAnn,,\nBen,x,否\n"] {
        let (done, said) = said(&[scores.clone(), files.write("e.csv", list)]);
        assert!(done, "{said:?}");
    }
    let list = files.write("e.csv", "Expert,Include\nAnn,maybe\nBen,no\n");
    let faults = refused(&[scores.clone(), list]);
    assert_eq!(faults, [(Code::ExpertIncludeInvalid, "e.csv:2  Include".to_string())]);
    let names = files.write("e.csv", "Expert\nAnn\n");
    let (_, said) = said(&[scores, names]);
    let unknown = said.iter().filter(|(_, code, _)| *code == Code::ExpertUnknown);
    assert_eq!(unknown.count(), 1, "{said:?}");
}

/// Weights on a sheet Hierarchy are for all children of a parent or for none, and no giants.
#[test]
fn weights_of_a_sheet_hierarchy_are_checked() {
    let hierarchy = |weights: [&str; 2]| {
        let files = Files::new();
        let [a, b] = weights;
        let list = format!("Code,Name,Parent,Weight\nv,Value,,\na,A,v,{a}\nb,B,v,{b}\n");
        let mut log = Diagnostics::new();
        let done =
            weigh_files(None, WeightRules::default(), &[files.write("h.csv", list)], &mut log);
        let faults: Vec<(Code, String)> = log
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .map(|d| {
                (d.code, d.place.as_ref().unwrap().to_string().rsplit('/').next().unwrap().into())
            })
            .collect();
        assert_eq!(done.is_err(), !faults.is_empty());
        faults
    };
    let fault = |line: usize| vec![(Code::ModelWeightInvalid, format!("h.csv:{line}  Weight"))];
    assert_eq!(hierarchy(["1", "2"]), vec![]);
    for weight in ["0", "-1", "much", "1e300", "inf", "NaN"] {
        assert_eq!(hierarchy(["1", weight]), fault(4), "{weight}");
    }
    assert_eq!(hierarchy(["", "2"]), fault(3));
}

/// - and ? mean empty in a long table as they do in a matrix.
#[test]
fn marks_of_an_empty_cell_are_empty_in_every_table() {
    for mark in ["-", "?", "NA", "nan"] {
        let rows = format!("Ann,v,a,b,2\nAnn,v,a,c,{mark}\nAnn,v,b,c,3\n");
        let faults = pairwise(&rows);
        assert_eq!(faults.iter().map(|(c, _)| *c).collect::<Vec<_>>(), [Code::JudgementMissing]);
    }
}
