//! The works that methods rest on, each once.

/// A work that can be cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Aczel,
    Agoston,
    Aguaron,
    Ahpsurvey,
    Alonso,
    Arthur,
    BoxCox,
    Bozoki,
    Crawford,
    Custval,
    Diakoulaki,
    Donegan,
    Fisher,
    Forman,
    Golden,
    Hwang,
    Hyndman,
    Krippendorff,
    Lloyd,
    Macqueen,
    QuickCluster,
    Rousseeuw,
    Saaty1977,
    Saaty1980,
    SaatyTran,
    SuperDecisions,
    Tummala,
    WangSong,
    Welch,
}

/// A work as it is cited: its key for BibTeX, and everything that a list of references says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The key.
    pub key: &'static str,
    /// The kind of entry: article, book, misc …
    pub kind: &'static str,
    /// The authors, surname first.
    pub authors: &'static [&'static str],
    /// The year, where there is one.
    pub year: &'static str,
    /// The title.
    pub title: &'static str,
    /// Where it stands: the journal with volume and pages, the publisher.
    pub fields: Vec<(&'static str, &'static str)>,
}

impl Cited {
    /// "Saaty 1977", "Aczél and Saaty 1983", "Bozóki et al. 2010".
    pub fn short(&self) -> String {
        let surname = |author: &str| author.split(',').next().unwrap_or(author).to_string();
        let who = match self.authors {
            [] => self.title.to_string(),
            [one] => surname(one),
            [one, other] => format!("{} and {}", surname(one), surname(other)),
            [one, ..] => format!("{} et al.", surname(one)),
        };
        format!("{who} {}", self.year).trim_end().to_string()
    }

    /// The whole reference in a line.
    pub fn full(&self) -> String {
        let field =
            |name: &str| self.fields.iter().find(|(key, _)| *key == name).map(|(_, is)| *is);
        let authors = self.authors.join("; ");
        let year = if self.year.is_empty() { String::new() } else { format!(" ({})", self.year) };
        let mut text = format!("{authors}{year}: {}.", self.title);
        let holder = ["journal", "booktitle", "publisher", "howpublished"];
        if let Some(place) = holder.into_iter().find_map(field) {
            text += &format!(" {place}");
            if let Some(volume) = field("volume") {
                text += &format!(" {volume}");
            }
            if let Some(number) = field("number") {
                text += &format!("({number})");
            }
            if let Some(pages) = field("pages") {
                text += &format!(", {}", pages.replace("--", "–"));
            }
            text.push('.');
        }
        text
    }

    /// The entry for BibTeX.
    pub fn bibtex(&self) -> String {
        // Names of companies and projects are one word to BibTeX.
        let author = |author: &&str| match author.contains(',') {
            true => author.to_string(),
            false => format!("{{{author}}}"),
        };
        let authors: Vec<String> = self.authors.iter().map(author).collect();
        let mut fields =
            vec![("author", authors.join(" and ")), ("title", format!("{{{}}}", self.title))];
        fields.extend(self.fields.iter().map(|(name, is)| (*name, is.replace('&', "\\&"))));
        if !self.year.is_empty() {
            fields.push(("year", self.year.to_string()));
        }
        let lines: Vec<String> =
            fields.iter().map(|(name, is)| format!("  {name} = {{{is}}},\n")).collect();
        format!("@{}{{{},\n{}}}\n", self.kind, self.key, lines.concat())
    }
}

impl Work {
    /// The work in full.
    pub(super) fn cited(self) -> Cited {
        let article = |key, authors, year, title, journal, volume, pages| Cited {
            key,
            kind: "article",
            authors,
            year,
            title,
            fields: vec![("journal", journal), ("volume", volume), ("pages", pages)],
        };
        let book = |key, authors, year, title, publisher| Cited {
            key,
            kind: "book",
            authors,
            year,
            title,
            fields: vec![("publisher", publisher)],
        };
        let other = |key, authors, year, title, howpublished| Cited {
            key,
            kind: "misc",
            authors,
            year,
            title,
            fields: vec![("howpublished", howpublished)],
        };
        const MATHEMATICAL_PSYCHOLOGY: &str = "Journal of Mathematical Psychology";
        const OPERATIONAL_RESEARCH: &str = "European Journal of Operational Research";
        const MODELLING: &str = "Mathematical and Computer Modelling";
        match self {
            Work::Aczel => article(
                "aczel1983",
                &["Aczél, János", "Saaty, Thomas L."],
                "1983",
                "Procedures for synthesizing ratio judgements",
                MATHEMATICAL_PSYCHOLOGY,
                "27",
                "93--102",
            ),
            Work::Agoston => article(
                "agoston2022",
                &["Ágoston, Kolos Csaba", "Csató, László"],
                "2022",
                "Inconsistency thresholds for incomplete pairwise comparison matrices",
                "Omega",
                "108",
                "102576",
            ),
            Work::Aguaron => article(
                "aguaron2003",
                &["Aguarón, Juan", "Moreno-Jiménez, José María"],
                "2003",
                "The geometric consistency index: Approximated thresholds",
                OPERATIONAL_RESEARCH,
                "147",
                "137--145",
            ),
            Work::Ahpsurvey => other(
                "ahpsurvey",
                &["Cho, Frankie"],
                "2019",
                "ahpsurvey: Analytic Hierarchy Process for Survey Data",
                "R package",
            ),
            Work::Alonso => article(
                "alonso2006",
                &["Alonso, José Antonio", "Lamata, M. Teresa"],
                "2006",
                "Consistency in the analytic hierarchy process: a new approach",
                "International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems",
                "14",
                "445--459",
            ),
            Work::Arthur => Cited {
                key: "arthur2007",
                kind: "inproceedings",
                authors: &["Arthur, David", "Vassilvitskii, Sergei"],
                year: "2007",
                title: "k-means++: The advantages of careful seeding",
                fields: vec![
                    (
                        "booktitle",
                        "Proceedings of the Eighteenth Annual ACM-SIAM Symposium on Discrete Algorithms",
                    ),
                    ("pages", "1027--1035"),
                ],
            },
            Work::BoxCox => article(
                "boxcox1964",
                &["Box, George E. P.", "Cox, David R."],
                "1964",
                "An analysis of transformations",
                "Journal of the Royal Statistical Society B",
                "26",
                "211--252",
            ),
            Work::Bozoki => article(
                "bozoki2010",
                &["Bozóki, Sándor", "Fülöp, János", "Rónyai, Lajos"],
                "2010",
                "On optimal completion of incomplete pairwise comparison matrices",
                MODELLING,
                "52",
                "318--333",
            ),
            Work::Crawford => article(
                "crawford1985",
                &["Crawford, Gordon", "Williams, Cindy"],
                "1985",
                "A note on the analysis of subjective judgment matrices",
                MATHEMATICAL_PSYCHOLOGY,
                "29",
                "387--405",
            ),
            Work::Custval => other(
                "custval",
                &["The custval authors"],
                "",
                concat!("custval: customer value evaluation, version ", env!("CARGO_PKG_VERSION")),
                "Computer program",
            ),
            Work::Diakoulaki => article(
                "diakoulaki1995",
                &["Diakoulaki, Danae", "Mavrotas, George", "Papayannakis, Lefteris"],
                "1995",
                "Determining objective weights in multiple criteria problems: The CRITIC method",
                "Computers & Operations Research",
                "22",
                "763--770",
            ),
            Work::Donegan => article(
                "donegan1991",
                &["Donegan, H. A.", "Dodd, F. J."],
                "1991",
                "A note on Saaty's random indexes",
                MODELLING,
                "15",
                "135--137",
            ),
            Work::Fisher => book(
                "fisher1925",
                &["Fisher, Ronald A."],
                "1925",
                "Statistical Methods for Research Workers",
                "Oliver and Boyd, Edinburgh",
            ),
            Work::Forman => article(
                "forman1998",
                &["Forman, Ernest", "Peniwati, Kirti"],
                "1998",
                "Aggregating individual judgments and priorities with the analytic hierarchy process",
                OPERATIONAL_RESEARCH,
                "108",
                "165--169",
            ),
            Work::Golden => Cited {
                key: "golden1989",
                kind: "incollection",
                authors: &["Golden, Bruce L.", "Wang, Qiwen"],
                year: "1989",
                title: "An alternate measure of consistency",
                fields: vec![
                    ("booktitle", "The Analytic Hierarchy Process: Applications and Studies"),
                    ("publisher", "Springer, New York"),
                    ("pages", "68--81"),
                ],
            },
            Work::Hwang => book(
                "hwang1981",
                &["Hwang, Ching-Lai", "Yoon, Kwangsun"],
                "1981",
                "Multiple Attribute Decision Making: Methods and Applications",
                "Springer, Berlin",
            ),
            Work::Hyndman => article(
                "hyndman1996",
                &["Hyndman, Rob J.", "Fan, Yanan"],
                "1996",
                "Sample quantiles in statistical packages",
                "The American Statistician",
                "50",
                "361--365",
            ),
            Work::Krippendorff => other(
                "krippendorff2011",
                &["Krippendorff, Klaus"],
                "2011",
                "Computing Krippendorff's alpha-reliability",
                "University of Pennsylvania",
            ),
            Work::Lloyd => article(
                "lloyd1982",
                &["Lloyd, Stuart P."],
                "1982",
                "Least squares quantization in PCM",
                "IEEE Transactions on Information Theory",
                "28",
                "129--137",
            ),
            Work::Macqueen => Cited {
                key: "macqueen1967",
                kind: "inproceedings",
                authors: &["MacQueen, James"],
                year: "1967",
                title: "Some methods for classification and analysis of multivariate observations",
                fields: vec![
                    (
                        "booktitle",
                        "Proceedings of the Fifth Berkeley Symposium on Mathematical Statistics and Probability",
                    ),
                    ("volume", "1"),
                    ("pages", "281--297"),
                ],
            },
            Work::QuickCluster => other(
                "spss_quick_cluster",
                &["IBM Corporation"],
                "",
                "IBM SPSS Statistics Algorithms: QUICK CLUSTER",
                "Documentation of IBM SPSS Statistics",
            ),
            Work::Rousseeuw => article(
                "rousseeuw1987",
                &["Rousseeuw, Peter J."],
                "1987",
                "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis",
                "Journal of Computational and Applied Mathematics",
                "20",
                "53--65",
            ),
            Work::Saaty1977 => article(
                "saaty1977",
                &["Saaty, Thomas L."],
                "1977",
                "A scaling method for priorities in hierarchical structures",
                MATHEMATICAL_PSYCHOLOGY,
                "15",
                "234--281",
            ),
            Work::Saaty1980 => book(
                "saaty1980",
                &["Saaty, Thomas L."],
                "1980",
                "The Analytic Hierarchy Process",
                "McGraw-Hill, New York",
            ),
            Work::SaatyTran => article(
                "saaty2007",
                &["Saaty, Thomas L.", "Tran, Liem T."],
                "2007",
                "On the invalidity of fuzzifying numerical judgments in the Analytic Hierarchy Process",
                MODELLING,
                "46",
                "962--975",
            ),
            Work::SuperDecisions => other(
                "superdecisions",
                &["Creative Decisions Foundation"],
                "",
                "SuperDecisions",
                "Computer program",
            ),
            Work::Tummala => article(
                "tummala1994",
                &["Tummala, V. M. Rao", "Wan, Y. W."],
                "1994",
                "On the mean random inconsistency index of analytic hierarchy process (AHP)",
                "Computers & Industrial Engineering",
                "27",
                "401--404",
            ),
            Work::WangSong => article(
                "wang2011",
                &["Wang, Haizhou", "Song, Mingzhou"],
                "2011",
                "Ckmeans.1d.dp: Optimal k-means clustering in one dimension by dynamic programming",
                "The R Journal",
                "3",
                "29--33",
            ),
            Work::Welch => article(
                "welch1951",
                &["Welch, B. L."],
                "1951",
                "On the comparison of several mean values: an alternative approach",
                "Biometrika",
                "38",
                "330--336",
            ),
        }
    }
}
