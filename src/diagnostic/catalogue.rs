//! Every kind of diagnostic, with the long story that `custval explain CODE` tells.
//! `docs/diagnostics.md` is written from this list.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

macro_rules! catalogue {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $title:literal, $story:literal;)*) => {
        /// The name of a kind of diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it is printed.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// What it is about, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }

            /// The long story: what it means, why it matters, how to mend it.
            pub fn story(self) -> &'static str {
                match self { $(Code::$name => $story,)* }
            }
        }
    };
}

catalogue! {
    FileUnreadable = "file-unreadable", "A file cannot be read",
        "The file is not there, may not be read, or ends before it should (a truncated copy or download).\n\nCheck the path and its spelling; close the file if another program holds it; fetch it again if it was sent by mail and is cut short.";
    FileNotAWorkbook = "file-not-a-workbook", "A file is not what its name says",
        "custval reads .xlsx, .xlsm, .xls and .ods workbooks, .csv tables and .toml models. A page saved as .xls by a web browser, or a renamed file, is none of these.\n\nOpen it in Excel or LibreOffice and save it as .xlsx.";
    FileEncrypted = "file-encrypted", "A file is protected by a password or a key",
        "An encrypted workbook cannot be read without its password, nor an encrypted Parquet file without its key.\n\nOpen the workbook with the password, then save a copy without one (File, Info, Protect Workbook, Encrypt with Password, empty). Write the Parquet file without encryption.";
    FileTooLarge = "file-too-large", "A file unpacks to more than custval will read",
        "A workbook is a zip archive. This one would unpack to more than the limit, which happens when whole columns down to row 1,048,576 are formatted or filled, or when the file is a zip bomb.\n\nDelete the unused rows and columns and save again, or divide the table into several files.";
    FileEmpty = "file-empty", "A file holds no table",
        "There is no cell with a value in the file, or no sheet that custval knows.\n\nThe sheets are found by name: Hierarchy, Experts, 'PW <expert>' or Pairwise, 'Score <expert>' or Scores, Measured, Classes. `custval new` writes a workbook that has them all.";
    SheetIgnored = "sheet-ignored", "A sheet is not one that custval reads",
        "Sheets are found by their names, in any case and order: Hierarchy, Experts, 'PW <expert>', Pairwise, 'Score <expert>', Scores, Measured, Classes. Any other sheet is left alone, and named, so that a misspelt name does not pass unseen.";
    SheetUnknown = "sheet-unknown", "The sheet asked for is not in the workbook",
        "`--sheet` names a sheet that the workbook does not have. The message lists those that it has.";
    ColumnMissing = "column-missing", "A table lacks a column that it needs",
        "Tables are read by the names in their header row, in any case and order. The message names the column and the headers that were found.\n\nAdd the column, or correct its header.";
    ColumnIgnored = "column-ignored", "A column is not one that custval reads",
        "Extra columns do no harm and are left alone. They are named so that a misspelt header does not pass unseen.";
    ColumnDuplicate = "column-duplicate", "Two columns have the same header",
        "custval cannot know which of the two is meant.\n\nRename or delete one of them.";
    ColumnUnfit = "column-unfit", "A column's type does not fit what it is used for",
        "A Parquet file says for each column what its values are. Lists and records are no ids, numbers or dates, dates are no money, and true and false are neither. Such columns are passed over, unless something looks at them: a role, a condition, or the search for equal rows.\n\nName another column for the role, or save the file with the values in a column of their own.";
    FormulaWithoutValue = "formula-without-value", "A formula cell holds no computed value",
        "A workbook stores each formula with the value that it last had. Some programs write formulas without values, so that the cell reads as empty.\n\nOpen the workbook in Excel or LibreOffice, let it compute, and save it; or type the value.";
    CellError = "cell-error", "A cell holds an Excel error",
        "The cell shows #N/A, #DIV/0!, #REF! or the like, so it has no value.\n\nMend the formula or type the value.";
    NameUnusual = "name-unusual", "A name is a date or a truth value",
        "Excel makes a date of a name such as 3-1 or MAR1, and TRUE of the name True, when it is typed into a cell of General format. The name is read as it is shown, with this warning, because it is probably not the one that was typed.\n\nFormat the column as Text, then type the name again.";
    CsvMalformed = "csv-malformed", "A CSV file is not well formed",
        "A quote that is never closed, or bytes that are not UTF-8, make the rest of the file unreadable.\n\nSave it again as 'CSV UTF-8'.";
    JsonMalformed = "json-malformed", "A JSON file is not well formed",
        "The text stops being JSON at the line and column named here: often a comma too many, a missing quote, or a file that was cut short. Nothing after that place can be read.";
    JsonShape = "json-shape", "A JSON file does not hold tables",
        "A JSON file is an object whose keys are the names of sheets, or one table alone. A table is an array of rows: objects whose keys are the headers, or arrays of cells, but not both. A cell is a text, a number, true, false, or null where it is empty; arrays and objects within cells have no meaning.\n\ndocs/workbook.md has an example.";
    JsonKeyDuplicate = "json-key-duplicate", "A key stands twice in a JSON object",
        "Most programs would keep one of the two and drop the other without a word. custval cannot know which is meant.\n\nRename or delete one of them.";
    ModelSyntax = "model-syntax", "The model is not valid TOML",
        "A model is a TOML file (https://toml.io). The message says where the text stops making sense: often a missing quote, a comma, or a key given twice.";
    ModelKeyUnknown = "model-key-unknown", "The model has a key that custval does not know",
        "A misspelt key would otherwise be passed over in silence and its default used. The message offers the nearest known key.\n\ndocs/model.md lists every key; the JSON Schema beside the models completes them in an editor.";
    ModelValueInvalid = "model-value-invalid", "A value in the model is of the wrong kind",
        "The key exists, but its value is not of the kind that it takes: a text where a number is wanted, or a word that is not among the choices.";
    ModelKeyMissing = "model-key-missing", "The model lacks a key that it needs",
        "Every goal, criterion, indicator and class needs a code and a name; criteria and indicators also name their parent.";
    ModelCodeDuplicate = "model-code-duplicate", "Two parts of the model have the same code",
        "Codes name the parts of the index system in judgements, scores and results, so each must be its own.\n\nRename one of the two; the message says where both stand.";
    ModelParentUnknown = "model-parent-unknown", "A criterion or indicator has no parent in the model",
        "`parent` must be the code of the goal or of a criterion. An indicator cannot be a parent.";
    ModelNameUnknown = "model-name-unknown", "A rule of the model names a part that is not there",
        "`variables` under [clusters], and `horizontal` and `vertical` under [classes], name the goal, criteria or indicators of the model by their codes or names. The message offers the nearest.";
    ModelKeyUnused = "model-key-unused", "The model has a key that its rules do not use",
        "`horizontal` and `vertical` are read by the class rule 'quadrant' alone. By the rule 'ranked', which is the one used where none is given, they change nothing, so the model probably does not do what was meant.\n\nPut `rule = \"quadrant\"` under [classes], or delete the keys.";
    ModelCycle = "model-cycle", "Criteria are their own ancestors",
        "Following the parents from these criteria never reaches the goal, so no weight can flow down to them. The message lists the circle.\n\nGive one of them the goal, or a criterion above, as its parent.";
    ModelChildless = "model-childless", "A criterion has nothing below it",
        "A criterion's value is the sum over its indicators; without any it is nothing.\n\nGive it children, or make it an [[indicator]].";
    ModelScaleInvalid = "model-scale-invalid", "A scale, a grade or a cut point makes no sense",
        "A scale needs a lower end below its upper end; grades must lie on the scale; cut points must rise from each to the next.";
    ModelSourceInvalid = "model-source-invalid", "Where an indicator takes its scores from is not clear",
        "An indicator has one source: experts, a measured column, transactions (a figure of the customer's sales, named by `metric`), or a blend of experts with one of the others, by `shares`.\n\nThe key `columns` under [transactions] maps headers of sales lines to their roles.";
    ModelWeightInvalid = "model-weight-invalid", "Weights in the model cannot be used",
        "Weights given in the model must be positive, and given for all children of a parent or for none. They need not sum to 1; custval divides by their sum and says so.";
    ModelClassInvalid = "model-class-invalid", "The class rules of the model do not fit together",
        "The rule 'quadrant' needs two criteria of the model, `horizontal` and `vertical`, and a class for each of the four positions. The rule 'ranked' needs its classes from lowest to highest.";
    ExpertUnknown = "expert-unknown", "An expert is not on the list of experts",
        "There is a sheet Experts, and it does not name this expert, who may be misspelt. An expert who is not on the list counts with weight 1.";
    ExpertDuplicate = "expert-duplicate", "An expert is listed twice",
        "Each expert stands once on the sheet Experts, and has one sheet of judgements and one of scores over all files.\n\nMerge the two, or rename one if they are different people.";
    ExpertWeightInvalid = "expert-weight-invalid", "An expert's weight is not a positive number",
        "Weights of experts are relative: 1 and 2 mean that the second counts twice. To leave an expert out, put 'no' under Include instead of weight 0.";
    ExpertIncludeInvalid = "expert-include-invalid", "It is not clear whether an expert counts",
        "Include is yes (also y, true, 1, 是), no (also n, false, 0, 否), or empty, which is yes. Anything else could be either.";
    JudgementMissing = "judgement-missing", "A comparison was not made",
        "A complete comparison of n items has n(n−1)/2 judgements, the upper triangle of the matrix. This one is empty.\n\nAsk the expert for it, or leave the expert out (Include = no).";
    JudgementIncomplete = "judgement-incomplete", "Comparisons were left empty, and the others decide",
        "`--incomplete lambda-min` or `llsm` (in a model: `incomplete` under `[weights]`) lets the judgements that are there decide on those that are missing. The fewer there are, the less they can check each other: with n − 1 comparisons of n items nothing can contradict, and the consistency ratio says nothing.\n\nAsk the expert for the comparisons that the message names, if you can.";
    JudgementDisconnected = "judgement-disconnected", "Judgements leave groups of items unconnected",
        "Weights say how items compare. Where no chain of comparisons leads from one group of items to another, nothing says how their items compare, and no method can tell. The message names the groups.\n\nAsk for at least one comparison between an item of one group and an item of the other.";
    ExpertExcluded = "expert-excluded", "An expert is left out for inconsistent judgements",
        "`--exclude-above CR` (in a model: `exclude_above` under `[weights]`) leaves an expert out under each node where the expert's consistency ratio is above that limit. It was asked for, and is said because it changes the weights.\n\nTo leave experts out by hand, put “no” under Include on the sheet Experts.";
    ExpertsAllExcluded = "experts-all-excluded", "Every expert is above the limit of consistency",
        "With `--exclude-above` experts above a consistency ratio are left out under a node. Here that would be all of them, so that there is no judgement left.\n\nRaise the limit, or ask the experts to look at their judgements again: the warnings name the smallest repair.";
    BlendUnknown = "blend-unknown", "Weights from the data cannot be had",
        "`--blend entropy=0.3` takes part of the weights from how far the scores tell the customers apart. That needs the scores of at least two customers who differ on some indicator.\n\nGive the files with the scores as well, and a model; or leave the blend out.";
    JudgementOutOfScale = "judgement-out-of-scale", "A judgement lies outside the scale",
        "Judgements on Saaty's scale run from 1/9 (the second is extremely more important) to 9 (the first is). Zero, negative numbers and numbers beyond the scale have no meaning there.\n\nCorrect the cell; or, if the study used a longer scale, say so with `--scale-max` or `scale_max` in the model.";
    JudgementBeyondScale = "judgement-beyond-scale", "A computed judgement lies a little outside the scale",
        "A decimal such as 11.2647 is not a judgement that a person typed but one that was computed (an improved or an aggregated matrix). It is used as it is, with this warning. Whole numbers beyond the scale are refused.";
    JudgementNotANumber = "judgement-not-a-number", "A judgement cannot be read as a number",
        "A judgement is a number (3), a fraction (1/3 or ⅓) or a decimal (0.333 or 0,333). Words are not understood.";
    JudgementDate = "judgement-date", "Excel turned a typed fraction into a date",
        "Typing 1/3 into a cell of General format makes Excel store a date: 3 January or 1 March, by country. Where the day or the month is 1 and the other is 2 to 9, the only sensible reading is 1/(the other): custval reads that and warns. Any other date is refused.\n\nFormat the cell as Fraction, then type 1/3 again. The template of `custval new` has such cells already.";
    JudgementDateSerial = "judgement-date-serial", "A judgement looks like the serial number of a date",
        "A number such as 46025 in a judgement cell is how Excel stores a date. Very likely 1/3 was typed, became a date, and the cell was then formatted as a number. The day and the month can no longer be told from the country, so custval does not guess.\n\nFormat the cell as Fraction and type the judgement again.";
    JudgementSnapped = "judgement-snapped", "A rounded decimal was read as the fraction it stands for",
        "0.33 is how people write 1/3. A decimal that is 1/2 … 1/9 rounded, within 2 %, is read as that fraction, so that the matrix is exactly reciprocal.";
    JudgementRepaired = "judgement-repaired", "A judgement was typed in an unusual way, and read",
        "Text fractions, full-width digits, decimal commas and percentages are read as the numbers that they stand for. The message says which.";
    JudgementContradiction = "judgement-contradiction", "Two judgements of the same pair contradict each other",
        "If A over B is 3, then B over A is 1/3. The two cells named here multiply to something else, so one of them is wrong and custval cannot know which.\n\nKeep the upper one and clear the lower, or correct them.";
    JudgementNearReciprocal = "judgement-near-reciprocal", "Two judgements of a pair are reciprocal only after rounding",
        "Both triangles of the matrix were given, and they agree within 2 % but not exactly, as when 0.2437 stands for 1/4.1027. Both are used as they are given.";
    JudgementDuplicate = "judgement-duplicate", "A pair is judged twice by the same expert",
        "The two rows named here give the same expert's judgement of the same pair. Even when they agree, one of them is probably meant for another pair.\n\nDelete one of them.";
    JudgementSelf = "judgement-self", "An item is compared with itself",
        "A compared with A is always 1 and is not asked. The row probably names the wrong item; on the diagonal of a matrix only 1 is right.";
    JudgementUnknownName = "judgement-unknown-name", "A judgement names something that is not there",
        "Nodes and items are named by their codes or names in the model (or on the sheet Hierarchy). The message offers the nearest.";
    JudgementShape = "judgement-shape", "A comparison matrix is not square",
        "The items across and the items down must be the same, in the same order: n rows and n columns.";
    WeightsMissing = "weights-missing", "There is neither a judgement nor a weight for some items",
        "Each node with more than one child needs either experts' comparisons or weights in the model (`weight = …` at each child).";
    WeightsNormalised = "weights-normalised", "Weights given in the model were divided by their sum",
        "Weights of the children of one parent are relative; custval divides them by their sum so that they add up to 1.";
    ConsistencyOverLimit = "consistency-over-limit", "Judgements are less consistent than the limit asks",
        "The consistency ratio CR compares how far the judgements contradict each other with random ones. Above the limit (0.10 by Saaty's rule) the weights rest on contradictory statements. The result is computed all the same; the expert should look at these judgements again.";
    RandomIndexBeyondTable = "random-index-beyond-table", "The random-index table ends below this size",
        "The chosen table has no value for a matrix of this size. The value used instead, and where it comes from, are stated.";
    CustomerDuplicate = "customer-duplicate", "A customer is listed twice",
        "On one sheet of scores each customer has one row. Names are compared without regard to case, width and spaces at the ends.\n\nDelete one of the rows, or tell the two customers apart by their names.";
    CustomerUnknown = "customer-unknown", "A customer is named who has no scores",
        "The sheet Classes names a customer who stands on no sheet of scores. Names are compared without regard to case, width and spaces at the ends; the message offers the nearest.";
    CustomerUnmatched = "customer-unmatched", "A customer stands on one side only",
        "The model takes some indicators from scores and others from sales, and these customers are known to one of the two alone. Names are compared without regard to case, width and spaces at the ends; names that differ in little else are suggested, never joined.\n\nCorrect the names, or choose what happens by `unmatched` under [scores] in the model or by `--unmatched`: 'leave-out', or 'neutral', 'indicator-mean' or 'reweigh' as for missing scores.";
    TransactionsMissing = "transactions-missing", "The model needs sales lines, and there are none",
        "Some indicators of the model have the source 'transactions' or a blend with it. Give the files of sales lines by `--transactions`.";
    TransactionsUnused = "transactions-unused", "The model takes nothing from the sales lines",
        "No indicator of the model has the source 'transactions' or a blend with it, so that the sales given by `--transactions` change nothing.";
    BudgetInvalid = "budget-invalid", "The budget cannot be split",
        "A budget is an amount above 0, at most 1,000,000,000,000 and with at most two decimals. It is split over the customers by what they are worth, so that somebody must be worth something.";
    ScoreMissing = "score-missing", "No expert scored a customer on an indicator",
        "Where some experts gave a score, custval takes the weighted mean of those who did. Here nobody did, and the model's rule is to refuse.\n\nFill in the cell, or choose a rule under [scores] in the model or by `--missing`: 'neutral' (the middle of the scale), 'indicator-mean' (the mean of the other customers), 'reweigh' (the indicators beside it carry its weight) or 'leave-out' (the customer is not evaluated).";
    ScoreFilled = "score-filled", "A missing score was filled by the model's rule",
        "No expert scored this customer on this indicator. The rule chosen under [scores] or by `--missing` was applied; each case is listed.";
    ScoreUnused = "score-unused", "Scores were given for an indicator that is measured",
        "The model takes this indicator from the sheet Measured (`source = \"measured\"`), so experts' scores on it are not used. Either the model or the sheet is not what was meant.";
    ExpertSilent = "expert-silent", "An expert on the list gave neither judgements nor scores",
        "The sheet Experts names an expert from whom the files hold nothing. Perhaps a file was forgotten, or the expert's name is written in two ways. To leave the expert out on purpose, put 'no' under Include.";
    ScorePartial = "score-partial", "Some experts left scores empty",
        "The mean is taken over the experts who gave a score, their weights divided by their sum. Counts are in the results.";
    ScoreOutOfScale = "score-out-of-scale", "A score lies outside the scale",
        "Scores run from 1 to 5 unless the model says otherwise. Experts have already turned costs: the upper end is always best.";
    ScoreNotANumber = "score-not-a-number", "A score cannot be read",
        "A score is a number on the scale or, where the indicator has grades, one of its grades (AAA, AA, A …).";
    ScoreRepaired = "score-repaired", "A score was typed in an unusual way, and read",
        "Full-width digits, decimal commas and numbers stored as text are read as the numbers that they stand for.";
    ScoreDuplicate = "score-duplicate", "A score is given twice",
        "The same expert scores the same customer on the same indicator in two places. Even when they agree, one is probably meant for something else.";
    ScoreUnknownIndicator = "score-unknown-indicator", "A score names an indicator that the model does not have",
        "Indicators are named by their codes or names in the model. The message offers the nearest.";
    ScoresMissing = "scores-missing", "There are no scores to evaluate",
        "The files hold no sheet 'Score <expert>', Scores or Measured with a customer in it.";
    MeasuredInvalid = "measured-invalid", "A measured value cannot be used",
        "A measured value is a number in the indicator's own unit, or one of its grades.";
    ClassUnknown = "class-unknown", "The experts' own class is not one of the model's",
        "The sheet Classes names a class for each customer, by the code or name of a class of the model.";
    ClassShared = "class-shared", "Two clusters fall into the same class",
        "Clusters are named by where their centres lie. Two of them lie in the same position, so they share its name and are told apart by their numbers; another class stays empty. Fewer clusters, or another number of them, may describe these customers better.";
    ClassEmpty = "class-empty", "No cluster falls into a class",
        "No cluster's centre lies in this position, so no customer has this class.";
    ClassCount = "class-count", "The number of clusters is not the number of classes",
        "The model has another number of classes than clusters were asked for. By the rule 'quadrant' each cluster is still named by its position, so classes can be shared or stay empty; by the rule 'ranked' the clusters are numbered from the lowest instead.";
    ClusterOptionInvalid = "cluster-option-invalid", "The clustering cannot be run as asked",
        "The number of clusters, the start or the stopping rule does not fit the table. The message says what is possible.";
    ClusterConstantVariable = "cluster-constant-variable", "A variable to be standardised is constant",
        "Standardising divides each variable by its standard deviation or range. This one has the same value in all complete cases, so there is nothing to divide by, and it cannot tell cases apart.\n\nLeave the variable out, or do not standardise.";
    ClusterTooFewCases = "cluster-too-few-cases", "There are fewer different cases than clusters",
        "k-means needs at least as many different cases as clusters: otherwise a cluster must stay empty.\n\nAsk for fewer clusters.";
    ClusterCaseLeftOut = "cluster-case-left-out", "Cases with missing values were left out",
        "A case that lacks a value in any of the variables takes no part in the clustering (listwise, as SPSS does by default). It is listed without a cluster.\n\nFill in its values. On the command line of `custval cluster`, `--missing pairwise` lets it take part by the values that it has.";
    ClusterWeightLeftOut = "cluster-weight-left-out", "Cases without a weight were left out",
        "A case whose weight is missing, zero or negative takes no part in the clustering, as in SPSS. It is listed without a cluster.\n\nGive the case a weight above 0, or cluster without `--weight`.";
    ClusterNotConverged = "cluster-not-converged", "The clustering stopped before the centres stood still",
        "The largest number of iterations was reached while centres still moved. The classes may change with more iterations.\n\nRaise `--max-iterations`.";
    ClusterEmpty = "cluster-empty", "A cluster lost all its cases",
        "During the iterations no case was nearest to this centre any more. Its centre stays where it was, and fewer clusters than asked for hold cases. Another start, or fewer clusters, will do better.";
    ClusterBetter = "cluster-better-partition", "Another start gives a better partition",
        "k-means ends in the nearest valley, not the deepest. From many seeded starts another partition with a smaller sum of squares was found. The result printed is that of the chosen start, as SPSS gives it; the better one, and who changes, is listed beside it.";
    TableValueInvalid = "table-value-invalid", "A cell of the table is not a number",
        "The column is used as a number, and this cell is a text, a date or not finite. Empty cells count as missing.";
    NumberAmbiguous = "number-ambiguous", "The numbers of a column can be read in two ways",
        "1,234 is one thousand two hundred and thirty-four where the comma separates thousands, and a little more than one where it begins the decimals. A single value such as 1,50 or 1,234.50 would tell for the whole column; there is none, so custval does not guess. Where all such numbers have a point (1.234), it is read as a decimal point, with a warning.\n\nSay which it is, by the option that the message names.";
    NumberContradictory = "number-contradictory", "A column writes its numbers in two ways",
        "One value has a decimal point (1,234.50) and another a decimal comma (1.234,50), so that a value such as 1,234 could be either. The message names the first row of each. Often two files of different countries were put together.\n\nWrite the column in one way; or say which way counts, by the option that the message names. Values that are no numbers in that way are then set aside.";
    DateAmbiguous = "date-ambiguous", "The dates of a column can be read in two ways",
        "1/2/2011 is 2 January in the United States and 1 February in most of Europe; 11/12/10 may even begin with the year. A single date such as 13/1/2011 would tell for the whole column; there is none, so custval does not guess: a wrong guess moves sales by months and nobody sees it.\n\nSay which it is, by the option that the message names. Dates such as 2011-01-02 or 2 Jan 2011 never leave a doubt.";
    DateContradictory = "date-contradictory", "A column writes its dates in two ways",
        "One date can only be day first (13/1/2011) and another only month first (1/13/2011), so that 1/2/2011 could be either. The message names the first row of each. Often Excel, on a computer of another country, has turned one part of the dates into its own and left the others as text; or two files were put together.\n\nWrite the column in one way, best as 2011-01-13. Or say which way counts, by the option that the message names; dates that do not fit are then set aside and counted.";
    DateFormatInvalid = "date-format-invalid", "A date format cannot be used",
        "A date format is one of the words dmy, mdy, ymd (the order of day, month and year), excel (serial numbers), unix, unix-ms (seconds or thousandths since 1970), or a pattern such as %d/%m/%Y %H:%M.\n\nIn a pattern: %Y %y the year, %m the month, %b or %B its English name, %d the day, %a or %A the weekday's name, %H the hour of 24, %I of 12 with %p for AM and PM, %M the minute, %S the second, %f its fraction, %z the offset from UTC; %F is %Y-%m-%d, %T is %H:%M:%S, %R is %H:%M, %D is %m/%d/%y. Year, month and day must be there, each once.";
    TimeZoneUnknown = "time-zone-unknown", "A time zone is not known",
        "A time zone is a name of the IANA database (Europe/London, Asia/Shanghai), UTC, or an offset (+08:00). Short names such as EST or IST mean different zones in different countries.";
    SegmentMap = "segment-map", "A segment map has a fault",
        "A segment map is a TOML file with `kind = \"segments\"`, the letters of its scores, the number of levels, and segments. Which scores make a segment is said in one of three ways: `scores = { R = \"4-5\", F = \"1\" }`, or a list of such blocks; a list of `cells`, such as \"51\"; or `overall = \"0-2\"`, the sum of the scores counted from 0. Of several segments that fit a customer the first counts, unless `overlapping = true`; who fits none is in the segment named by `otherwise`.\n\n`custval check MAP.toml` says which cells are covered twice, never, or not reached.";
    RfmModel = "rfm-model", "A model of RFM or its kin has a fault",
        "Such a model is a TOML file with `kind = \"rfm\"` and dimensions: a letter, a name, a metric, `direction = \"cost\"` where less is better, and, if wanted, its meaning, a method, levels, cuts and a weight; for the method \"lloyd\" also `starts` or a `seed`, and the `tolerance` at which it stops. Its `map` has to go by letters that it scores, in as many levels.\n\nThe built-in ones (rfm, lrfm, lrfmp, rfe) are good to start from.";
    SegmentMapMisfit = "segment-map-misfit", "A segment map does not fit the scores",
        "A map goes by letters and by a number of levels: the ten segments by R and F need scores from 1 to 5, the notebook's six need quartiles. The scores asked for have other letters or another number of levels.\n\nChoose --bins or another --map.";
    ScoresCollapse = "scores-collapse", "Ties make levels fall together",
        "Customers of equal figures get equal scores. Where so many share a value that a level would lie within them, that level is empty: of 87 % one-time buyers nobody can be in the second fifth by frequency.\n\nFewer levels, cut points of your own, or k-means may tell more.";
    CustomersUnscored = "customers-unscored", "Customers without a purchase are not scored",
        "Who only returned has no date of a purchase and no order, hence no recency and no frequency. Such customers are counted, and listed with their money, but have no scores.";
    RfmOptionsMisfit = "rfm-options-misfit", "Options of scoring do not fit",
        "For example three weights are needed for three figures, and cut points have to ascend.";
    CompatUsed = "compat-used", "A known defect is switched on",
        "--compat follows a published analysis in a step that is wrong, so that its figures can be had. The results are not to be acted on; without --compat they are right.";
    MoneyOutlier = "money-outlier", "One row holds most of the money",
        "A single row with more than half of all money is most often a typing error, or an id in the column of amounts. It is used as it is.";
    SourceTwice = "source-twice", "A file of sales lines is named twice",
        "A file was given more than once, or by itself and by a folder or pattern that holds it. It is read once, since its sales would else count twice.";
    DuplicatesFound = "duplicates-found", "Rows are equal to earlier ones in every field",
        "Often a file was loaded twice. They may also be right: two of the same article scanned one by one.\n\nThey are used unless --deduplicate sets them aside.";
    ReturnsUsed = "returns-found", "Some rows are returns",
        "Rows of negative money or quantity are returns. They lower the money of their customers, and are no purchases; --returns drop sets them aside, --returns separate keeps them apart.";
    StudyData = "study-data", "The data of a study are not at hand",
        "Large published data are not part of custval. The message says where they are to be had; give the file or its folder by --data.";
    FeatureMissing = "feature-missing", "This build lacks what was asked for",
        "Some parts of custval are built only if asked for, since they take long to build: `parquet` reads and writes Parquet, `figures` draws figures for papers. `cargo install --path . --features full` builds all of them in; the released programs have them.";
    EncodingGuessed = "encoding-guessed", "A text is not UTF-8",
        "custval takes a text for UTF-8 unless it begins with a mark that says otherwise. This one is not UTF-8, and was read as GBK if nearly all its other characters are Chinese then, else as Latin-1 (Windows-1252).\n\nLook at a name with an unusual letter. If it is wrong, give the encoding by --encoding.";
    EncodingUnknown = "encoding-unknown", "An encoding is not known",
        "Encodings go by the names of the WHATWG standard: utf-8, utf-16le, windows-1252 (latin1), gbk, gb18030, big5, shift_jis, euc-kr, windows-1251 and others.";
    FileChanged = "file-changed", "A file changed while it was read",
        "Its size or time of change was another after reading than before. What was read may be half old and half new, so nothing is made of it.\n\nWait until the program that writes it is done, or read a copy.";
    RecordEndless = "record-endless", "A row of a text does not end",
        "A field that begins with a quote ends with one, over any number of lines. Where the second quote is missing, the rest of the file is one field. custval gives up after 64 MB.\n\nFind the field that begins with a quote and does not end with one; a quote within a quoted field is written twice.";
    MoneyTooMuch = "money-too-much", "The money sums to more than can be held",
        "Money is summed exactly, to 15 decimals and up to about 10^23. More than that is no money: most likely a column of ids was taken for amounts.";
    NoRows = "no-rows", "No row can be used",
        "Every row was set aside, or there is none. The message says for what reasons.\n\nMost often a column was taken for another: look at the columns that were guessed, and name them by --customer, --date, --amount and their kin.";
    ColumnGuessed = "column-guessed", "Columns were found by common names",
        "Columns of sales lines are found by common headers, such as CustomerID, InvoiceDate, Quantity, UnitPrice. What was found is said, so that a wrong guess does not pass unseen; name a column by its option to say otherwise.";
    DateInvalid = "date-invalid", "A date given by an option cannot be read",
        "Options take dates as 2011-12-09, and moments as 2011-12-09 12:50.";
    TimeZonesDiffer = "time-zones-differ", "Dates are written for different time zones",
        "One moment is another day in another zone. Where all dates are written for one zone, they are taken as written; where they differ, custval takes them in UTC, and says so.\n\nGive the zone whose calendar counts by --time-zone.";
    ConditionInvalid = "condition-invalid", "A condition makes no sense",
        "A condition is what stands behind WHERE in SQL: country = 'France' AND quantity > 0. The message says where it stops being SQL, or what in it cannot be compared.\n\nTexts and dates stand in single quotes, numbers without; a column's name may stand in double quotes. Numbers are compared with numbers, texts with texts (an id such as '12346' is a text), and dates with dates written '2011-12-09' or '2011-12-09 12:50:00'. A date alone is its midnight.";
    ConditionUnsupported = "condition-unsupported", "A condition uses a part of SQL that custval does not read",
        "Conditions are evaluated by custval itself, line by line. They may hold comparisons (= <> < <= > >=), AND, OR, NOT, IN (...), BETWEEN, LIKE and ILIKE with ESCAPE, IS NULL, IS TRUE, arithmetic (+ - * / %), numbers, 'texts', DATE '...' and TIMESTAMP '...'. Functions, CASE, CAST and subqueries are not among them; the message names what was met.\n\nOften there is another way: date BETWEEN instead of year(date), ILIKE instead of lower(name).";
    ColumnUnknown = "column-unknown", "A condition names a column that is not there",
        "Columns are named by their headers or by their roles (customer, order, date, quantity, price, amount, product, country), in any case. A header with spaces stands in double quotes: \"Unit Price\". The message offers the nearest name.\n\nA text in double quotes is taken for a name, as SQL has it; texts stand in single quotes.";
    AnovaGroups = "anova-groups", "The groups do not allow an analysis of variance",
        "At least two groups are needed, and more cases than groups, so that there is variation within.";
    SavedUnreadable = "saved-unreadable", "A saved result is damaged",
        "`--with` and `custval assign` read the result.json that `custval evaluate -o` has written. This one is no JSON, or a part of it is missing or not what it should be; the message names the part by its path, such as clusters.assigned_by[2]. Files that were cut off, edited by hand or made by another program look so.\n\nMake the result anew with `custval evaluate … -o DIR`.";
    SavedVersion = "saved-version", "A saved result was made by another version",
        "A result.json says in made_by which program and version wrote it. One of a newer custval may hold rules that this version does not know; one of an unknown program cannot be relied on.\n\nUse the newer custval, or make the result anew with this one.";
    SealMissing = "seal-missing", "A saved result has no seal",
        "The last entry of a result.json is its seal, the SHA-256 of every byte before it. A result is told anew only if it has one: lists that do not fit each other any more would make wrong tables. Results of an earlier custval have none, and programs that write JSON anew may drop it.\n\nGive the file as custval wrote it, or make the result anew with `custval evaluate … -o DIR` or `custval rfm … -o DIR`.";
    SealBroken = "seal-broken", "A saved result was changed since it was written",
        "The last entry of a result.json is its seal, the SHA-256 of every byte before it. Here it is that of other bytes: the file was edited, reformatted, cut or damaged on its way since custval wrote it, so that its parts may not fit each other.\n\nGive the file as custval wrote it, or make the result anew with `custval evaluate … -o DIR` or `custval rfm … -o DIR`.";
    SavedModel = "saved-model", "A saved result is of another model",
        "Customers of a later period are classed by the model of the earlier one. The model named, or the columns of the later files, hold parts or indicators that the saved model does not have, or lack some of its own.\n\nLeave the model out, or name the same; where the index system has changed, periods cannot be compared.";
    SavedCustomers = "saved-without-customers", "A saved result holds no customer",
        "Without customers in the earlier period nobody can have moved.\n\nGive the result.json of an evaluation with customers.";
    PeriodPart = "period-part", "A period is covered in part only",
        "The sales begin well after the first period does, or end well before the last one does. Such a period has less of everything than a whole one, so that customers seem to rise after the first or to fall in the last.\n\nLeave it out by --from and --to, or take other periods.";
    PeriodScores = "period-scores", "The experts' scores are the same in every period",
        "Periods are cut from the sales. What experts scored has no date, and counts in every period as it is.\n\nTo compare scores of two times, evaluate each with its own workbook: the first with `-o DIR`, the second with `--with DIR/result.json`.";
    JobInvalid = "job-invalid", "A job's file has a fault",
        "A job is a TOML file with `kind = \"job\"`, a `name`, what is `run` (the command `evaluate` or `rfm` with its arguments) and the folder of its `output`; `log`, `keep` and `[limits]` may be there. docs/jobs.md shows one.";
    JobLimit = "job-limit", "A scheduled run is beyond the limits of its job",
        "The result differs more from the last good one than the job's `[limits]` allow, or holds a warning that counts as a failure there. It is not written; the last good result stays.\n\nLook at the inputs: a file that is missing or was cut short, other columns, another period. If all is right, raise the limit, or run the command by hand.";
    JobRunning = "job-running", "The job runs already",
        "Another run of this job has not ended yet; two would be in each other's way. Nothing was done.\n\nRun it less often, or look whether the other one hangs.";
    FaceMissing = "face-missing", "No face on this machine has some letters of a figure",
        "Figures as PNG and PDF are set in Liberation Sans, which custval brings, and where that lacks a letter in the faces that are installed. Letters that none of them has are drawn as boxes.\n\nInstall a face that has them (Noto Sans CJK has the Chinese ones), or take --format svg: there the letters are text, and the program that shows the figure sets them.";
    PeriodOverlap = "period-overlap", "The sales of two periods overlap",
        "The sales of the later period begin before those of the earlier one end. What was bought in between counts in both, so that sums and counts of the later period are larger than those of a period of its own, and hardly anybody seems to lose anything.\n\nLet the later period begin after the earlier one, by `--from`, unless sums since the beginning are meant.";
    PeriodInvalid = "period-invalid", "The periods cannot be compared",
        "A migration needs two periods or more, each with customers and a name of its own.";
    ValueBeyond = "value-beyond-edges", "Measured values lie beyond those of the earlier period",
        "With `--with`, measured values come onto the scale between the least and the greatest value of the earlier period, so that a customer who stands still keeps its score. A value beyond has the score of the end.\n\nWhere many values lie beyond, the scale no longer tells these customers apart: `--refit` makes it anew.";
    OptionInvalid = "option-invalid", "An option does not fit",
        "The value of the option cannot be used here. The message says what can.";
    OutputExists = "output-exists", "A file is already there",
        "custval does not write over files unless told to.\n\nChoose another name, or add `--force`.";
    OutputFailed = "output-failed", "A result could not be written",
        "The folder may not be written to, the disk is full, or another program holds the file open. Nothing half-written is left behind.";
    Internal = "internal", "custval itself failed",
        "This is a fault of custval, not of the input (exit code 2). Please report it with the message and, if you may, the input.";
}

impl Code {
    /// The code of this name.
    pub fn parse(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Code::parse(&name).ok_or_else(|| de::Error::custom(format!("there is no code “{name}”")))
    }
}
