//! What the values of a column are.

use arrow_schema::DataType;
use parquet::basic::LogicalType;
use parquet::schema::types::Type;

/// What the values of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Day,
    /// Moments, on the clock of a zone if one is named.
    Moment(Option<String>),
    Truth,
    /// Ids of 16 bytes.
    Uuid,
    /// Nothing in any row.
    Nothing,
    /// Lists, records or maps.
    Nested,
    /// Something else, in words.
    Other(&'static str),
}

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Text,
    Number,
    Date,
}

impl Kind {
    /// The kind of a column by its type; `stored` is how the file says it.
    pub(super) fn of(data_type: &DataType, stored: &Type) -> Kind {
        use DataType::*;
        match data_type {
            Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView => Kind::Text,
            Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 | UInt64 | Float16 | Float32
            | Float64 | Decimal32(..) | Decimal64(..) | Decimal128(..) | Decimal256(..) => {
                Kind::Number
            }
            Date32 | Date64 => Kind::Day,
            Timestamp(_, zone) => Kind::Moment(zone.as_ref().map(|zone| zone.to_string())),
            Boolean => Kind::Truth,
            FixedSizeBinary(16) if is_uuid(stored) => Kind::Uuid,
            Null => Kind::Nothing,
            List(_) | ListView(_) | FixedSizeList(..) | LargeList(_) | LargeListView(_)
            | Struct(_) | Union(..) | Map(..) => Kind::Nested,
            Time32(_) | Time64(_) => Kind::Other("times of day"),
            Duration(_) | Interval(_) => Kind::Other("spans of time"),
            _ => Kind::Other("bytes"),
        }
    }

    /// What the values are, where they do not fit what the column is used for.
    pub(super) fn misfit(&self, wanted: Use) -> Option<&'static str> {
        match (self, wanted) {
            (Kind::Nested, _) => Some("lists or records"),
            (Kind::Other(words), _) => Some(words),
            (Kind::Day | Kind::Moment(_), Use::Number) => Some("dates"),
            (Kind::Truth, Use::Number | Use::Date) => Some("true and false"),
            (Kind::Uuid, Use::Number | Use::Date) => Some("ids of 16 bytes"),
            _ => None,
        }
    }
}

impl Use {
    /// What is wanted, in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Use::Text => "texts, numbers or dates",
            Use::Number => "numbers",
            Use::Date => "dates",
        }
    }
}

fn is_uuid(stored: &Type) -> bool {
    stored.get_basic_info().logical_type_ref() == Some(&LogicalType::Uuid)
}
