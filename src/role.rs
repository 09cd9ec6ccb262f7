//! What a column of sales lines is for.

use serde::{Deserialize, Serialize};

/// What a column of sales lines is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who bought: an id, taken as text.
    Customer,
    /// The order or invoice that the line belongs to: an id, taken as text.
    Order,
    /// When.
    Date,
    /// How many, negative for a return.
    Quantity,
    /// The price of one.
    Price,
    /// The money of the line, where it is not quantity × price.
    Amount,
    /// The cost of one.
    Cost,
    /// The product's id.
    Product,
    /// The product's name.
    Description,
    /// The country, region or shop.
    Country,
    /// Of a row that is a customer: how many orders.
    Orders,
    /// Of a row that is a customer: days since the last purchase.
    Recency,
    /// Of a row that is a customer: the date of the first purchase.
    First,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A line of a sale.
    #[default]
    Line,
    /// A customer, summed already: orders, money, and when the last one was.
    Customer,
}

impl Level {
    /// The roles that columns can have.
    pub(crate) fn roles(self) -> &'static [Role] {
        match self {
            Level::Line => &Role::ALL[..10],
            Level::Customer => &[
                Role::Customer,
                Role::Orders,
                Role::Amount,
                Role::Date,
                Role::Recency,
                Role::First,
            ],
        }
    }
}

impl Role {
    /// Every role, those of sales lines first.
    pub const ALL: [Role; 13] = [
        Role::Customer,
        Role::Order,
        Role::Date,
        Role::Quantity,
        Role::Price,
        Role::Amount,
        Role::Cost,
        Role::Product,
        Role::Description,
        Role::Country,
        Role::Orders,
        Role::Recency,
        Role::First,
    ];

    /// The role of this machine name.
    ///
    /// ```
    /// use custval::transactions::Role;
    ///
    /// assert_eq!(Role::parse("price"), Some(Role::Price));
    /// ```
    pub fn parse(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role's name, which is also its option's on the command line.
    ///
    /// ```
    /// assert_eq!(custval::transactions::Role::Customer.name(), "customer");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Order => "order",
            Role::Date => "date",
            Role::Quantity => "quantity",
            Role::Price => "price",
            Role::Amount => "amount",
            Role::Cost => "cost",
            Role::Product => "product",
            Role::Description => "description",
            Role::Country => "country",
            Role::Orders => "orders",
            Role::Recency => "recency",
            Role::First => "first",
        }
    }

    /// Headers that mean this role in rows of this level, the surest first; compared without case, spaces
    /// and signs.
    pub(crate) fn headers(self, level: Level) -> Vec<&'static str> {
        let first: &[&str] = match (self, level) {
            (Role::Date, Level::Customer) => &[
                "lastpurchase",
                "lastpurchasedate",
                "lastorder",
                "lastorderdate",
                "lastdate",
                "last",
                "lastvisit",
                "lasttransaction",
                "lasttransactiondate",
                "mostrecentvisit",
                "mostrecentpurchase",
                "最近购买日期",
                "最后购买日期",
                "最近消费日期",
                "最近一次消费",
            ],
            (Role::Amount, Level::Customer) => &[
                "monetary",
                "monetaryvalue",
                "totalspent",
                "totalspend",
                "totalrevenue",
                "totalsales",
                "累计金额",
                "累计消费",
            ],
            _ => &[],
        };
        first.iter().chain(self.usual_headers()).copied().collect()
    }

    fn usual_headers(self) -> &'static [&'static str] {
        match self {
            Role::Customer => &[
                "customerid",
                "customer",
                "custid",
                "customerno",
                "customernumber",
                "customerkey",
                "clientid",
                "client",
                "userid",
                "user",
                "buyerid",
                "buyer",
                "memberid",
                "member",
                "accountid",
                "account",
                "visitorid",
                "customername",
                "cid",
                "id",
                "客户编号",
                "客户id",
                "客户",
                "顾客编号",
                "顾客",
                "用户id",
                "用户编号",
                "用户",
                "会员号",
                "会员编号",
                "会员id",
                "客户名称",
                "买家",
            ],
            Role::Order => &[
                "invoiceno",
                "invoice",
                "invoiceid",
                "invoicenumber",
                "orderid",
                "orderno",
                "ordernumber",
                "order",
                "transactionid",
                "transaction",
                "receipt",
                "receiptno",
                "receiptid",
                "basketid",
                "bookingid",
                "订单号",
                "订单编号",
                "订单id",
                "单号",
                "发票号",
                "发票号码",
            ],
            Role::Date => &[
                "invoicedate",
                "orderdate",
                "date",
                "transactiondate",
                "purchasedate",
                "saledate",
                "orderdatetime",
                "datetime",
                "timestamp",
                "time",
                "orderedat",
                "createdat",
                "ordertime",
                "日期",
                "订单日期",
                "下单时间",
                "下单日期",
                "购买日期",
                "交易日期",
                "交易时间",
                "付款时间",
                "时间",
            ],
            Role::Quantity => &[
                "quantity",
                "qty",
                "units",
                "quantityordered",
                "items",
                "cds",
                "数量",
                "购买数量",
                "件数",
            ],
            Role::Price => &[
                "unitprice",
                "price",
                "priceeach",
                "itemprice",
                "sellingprice",
                "单价",
                "价格",
                "商品单价",
            ],
            Role::Amount => &[
                "amount",
                "amt",
                "sales",
                "revenue",
                "total",
                "linetotal",
                "totalamount",
                "totalprice",
                "spend",
                "value",
                "money",
                "netamount",
                "payment",
                "dollars",
                "ordervalue",
                "金额",
                "销售额",
                "实付金额",
                "订单金额",
                "总金额",
                "付款金额",
                "消费金额",
                "交易金额",
            ],
            Role::Cost => &["unitcost", "cost", "costprice", "成本", "单位成本", "成本价"],
            Role::Product => &[
                "stockcode",
                "productid",
                "product",
                "sku",
                "itemid",
                "itemcode",
                "articleid",
                "productcode",
                "item",
                "商品编号",
                "商品编码",
                "产品编号",
                "商品id",
                "商品",
                "产品",
            ],
            Role::Description => &[
                "description",
                "productname",
                "itemname",
                "productdescription",
                "商品名称",
                "产品名称",
                "品名",
            ],
            Role::Country => &[
                "country", "region", "market", "state", "shop", "store", "city", "国家", "地区",
                "省份", "城市", "门店",
            ],
            Role::Orders => &[
                "numberoforders",
                "orders",
                "ordercount",
                "frequency",
                "purchases",
                "transactions",
                "transactioncount",
                "visits",
                "订单数",
                "订单数量",
                "购买次数",
                "消费次数",
            ],
            Role::Recency => &[
                "recencydays",
                "recency",
                "dayssincelastpurchase",
                "dayssincelastorder",
                "最近购买天数",
                "距今天数",
            ],
            Role::First => &[
                "firstpurchase",
                "firstpurchasedate",
                "firstorder",
                "firstorderdate",
                "first",
                "customersince",
                "首次购买日期",
                "首次消费日期",
            ],
        }
    }
}
