//! How large an ods sheet unfolds to, before calamine unfolds it: repeated rows and cells are stored
//! once, so a few bytes can stand for billions of cells.

/// The largest area, rows × columns up to the last cell that holds anything, of a sheet in
/// `content.xml`. Looks at the same element names as calamine does.
pub(super) fn largest_area(content: &str) -> u64 {
    content.split("<table:table ").map(area).max().unwrap_or(0)
}

fn area(sheet: &str) -> u64 {
    let (mut rows, mut last_row, mut last_column) = (0u64, 0u64, 0u64);
    for row in sheet.split("<table:table-row").skip(1) {
        let head = row.split('>').next().unwrap_or_default();
        rows = rows.saturating_add(repeats(head, "table:number-rows-repeated"));
        let mut columns = 0u64;
        for cell in row.split("<table:").skip(1) {
            let head = cell.split('>').next().unwrap_or_default();
            if !head.starts_with("table-cell") && !head.starts_with("covered-table-cell") {
                continue;
            }
            columns = columns.saturating_add(repeats(head, "table:number-columns-repeated"));
            if head.contains("office:value-type") || head.contains("table:formula") {
                last_row = rows;
                last_column = last_column.max(columns);
            }
        }
    }
    last_row.saturating_mul(last_column)
}

fn repeats(head: &str, attribute: &str) -> u64 {
    let value = head.split(attribute).nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
    value.and_then(|value| value.parse().ok()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::largest_area;

    #[test]
    fn only_what_holds_something_counts() {
        let cell =
            "<table:table-cell office:value-type=\"float\" table:number-columns-repeated=\"3\"/>";
        let empty = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        let rows = format!(
            "<table:table table:name=\"x\"><table:table-row>{cell}{empty}</table:table-row>\
             <table:table-row table:number-rows-repeated=\"5\">{cell}</table:table-row>\
             <table:table-row table:number-rows-repeated=\"1000000\">{empty}</table:table-row>"
        );
        assert_eq!(largest_area(&rows), 6 * 3);
        assert_eq!(largest_area(""), 0);
    }
}
