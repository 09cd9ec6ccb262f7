//! From the text of a condition to a tree.

use super::Fault;
use crate::diagnostic::{Code, Diagnostic};
use sqlparser::ast::Expr;
use sqlparser::dialect::Dialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

/// The most operators that may follow each other. sqlparser makes a tree of them that is as deep, and
/// whose end takes as much of the stack.
const LONGEST: usize = 1000;

/// The most brackets that may stand in each other.
const DEEPEST: usize = 40;

/// The words that stand between the two sides of an operator, or behind its only side.
const OPERATORS: [Keyword; 18] = [
    Keyword::AND,
    Keyword::AT,
    Keyword::BETWEEN,
    Keyword::COLLATE,
    Keyword::DIV,
    Keyword::GLOB,
    Keyword::ILIKE,
    Keyword::IN,
    Keyword::IS,
    Keyword::LIKE,
    Keyword::MATCH,
    Keyword::MEMBER,
    Keyword::NOTNULL,
    Keyword::OR,
    Keyword::REGEXP,
    Keyword::RLIKE,
    Keyword::SIMILAR,
    Keyword::XOR,
];

/// SQL with names in double quotes, backticks or square brackets, and letters of all languages.
#[derive(Debug)]
struct Sales;

impl Dialect for Sales {
    fn is_delimited_identifier_start(&self, c: char) -> bool {
        matches!(c, '"' | '`' | '[')
    }

    fn is_identifier_start(&self, c: char) -> bool {
        c.is_alphabetic() || c == '_'
    }

    fn is_identifier_part(&self, c: char) -> bool {
        c.is_alphanumeric() || c == '_'
    }

    fn supports_in_empty_list(&self) -> bool {
        true
    }
}

/// Reads one expression and nothing behind it.
pub(super) fn parse(sql: &str) -> Result<Expr, Fault> {
    let invalid = |message: String| {
        let fault = Diagnostic::error(Code::ConditionInvalid, message);
        let example = "for example: country = 'France' AND quantity > 0 AND date >= '2011-01-01'";
        Fault::from(fault.hint(example))
    };
    if sql.trim().is_empty() {
        return Err(invalid("the condition is empty".to_string()));
    }
    let tokens = Tokenizer::new(&Sales, sql)
        .tokenize_with_location()
        .map_err(|fault| invalid(format!("the condition is not SQL: {fault}")))?;
    bounded(&tokens)?;
    let mut parser = Parser::new(&Sales).with_tokens_with_locations(tokens);
    let parsed = parser.parse_expr().and_then(|expression| {
        let next = parser.peek_token();
        match next.token {
            Token::EOF => Ok(expression),
            token => Err(ParserError::ParserError(format!(
                "“{token}” after the end of the condition{}",
                next.span.start
            ))),
        }
    });
    parsed.map_err(|fault| match fault {
        ParserError::ParserError(what) | ParserError::TokenizerError(what) => {
            invalid(format!("the condition is not SQL: {what}"))
        }
        ParserError::RecursionLimitExceeded => too_deep(),
    })
}

fn too_deep() -> Fault {
    let message = "the condition is nested too deeply";
    let hint = format!("use fewer than {DEEPEST} brackets or NOTs in each other");
    Diagnostic::error(Code::ConditionInvalid, message).hint(hint).into()
}

/// One level of brackets: the operators in a row, and how deep the deepest part before them is.
#[derive(Clone, Copy, Default)]
struct Level {
    operators: usize,
    deepest: usize,
}

impl Level {
    fn depth(self) -> usize {
        self.operators + self.deepest
    }
}

/// Refuses what would make a tree too deep for the stack, before there is one.
fn bounded(tokens: &[TokenWithSpan]) -> Result<(), Fault> {
    let mut levels = vec![Level::default()];
    for token in tokens {
        let Some(level) = levels.last_mut() else { return Ok(()) };
        match &token.token {
            Token::LParen | Token::LBracket | Token::LBrace => levels.push(Level::default()),
            Token::RParen | Token::RBracket | Token::RBrace => {
                let depth = level.depth();
                levels.pop();
                // A bracket too many is for the parser to refuse.
                let Some(outer) = levels.last_mut() else { return Ok(()) };
                outer.deepest = outer.deepest.max(depth);
            }
            Token::Comma => {
                *level = Level { operators: 0, deepest: level.depth() };
            }
            // Values and names stand between operators; everything else may be one.
            Token::Word(word) => level.operators += usize::from(OPERATORS.contains(&word.keyword)),
            Token::Number(..) | Token::SingleQuotedString(_) | Token::Whitespace(_) => {}
            _ => level.operators += 1,
        }
        if levels.len() > DEEPEST {
            return Err(too_deep());
        }
        if levels.last().is_some_and(|level| level.depth() > LONGEST) {
            let message = format!("the condition has more than {LONGEST} operators in a row");
            let hint = "a list does as much as many ORs: customer IN ('12346', '12347')";
            return Err(Diagnostic::error(Code::ConditionInvalid, message).hint(hint).into());
        }
    }
    Ok(())
}
