"""Carts, checkouts, orders (one per exhibitor), their payments and refunds."""

from orders.models.cancellations import CancellationRequest, Initiator
from orders.models.carts import Cart, CartBooth, CartLine
from orders.models.deposits import DepositRule, DepositTerms
from orders.models.desk import CashSignOff, StandLine, StandSale, Way
from orders.models.discards import StandDiscard
from orders.models.gateway import GatewayAccount, GatewayCharge, GatewayNotification
from orders.models.labels import LabelSender
from orders.models.orders import Checkout, Delivery, Order, OrderEvent, OrderLine
from orders.models.payments import Method, Payment, Proof
from orders.models.querysets import OrderQuerySet, Purpose
from orders.models.refunds import Refund, RefundLine
from orders.models.reported import REPORTABLE, ReportedDocument, ReportedSale, SoldAt
from orders.models.returns import StandReturn, StandReturnLine
from orders.models.shipping import ANY_WEIGHT, Reach, ShippingService, ShippingZone
from orders.models.statements import Match, MatchKind, Statement, StatementRow
from orders.models.vouchers import Benefit, Voucher, VoucherUse
from orders.models.ways import PaymentSettings, QrisCode, QrisState

__all__ = [
    "ANY_WEIGHT",
    "REPORTABLE",
    "Benefit",
    "CancellationRequest",
    "Cart",
    "CartBooth",
    "CartLine",
    "CashSignOff",
    "Checkout",
    "Delivery",
    "DepositRule",
    "DepositTerms",
    "GatewayAccount",
    "GatewayCharge",
    "GatewayNotification",
    "Initiator",
    "LabelSender",
    "Match",
    "MatchKind",
    "Method",
    "Order",
    "OrderEvent",
    "OrderLine",
    "OrderQuerySet",
    "Payment",
    "PaymentSettings",
    "Proof",
    "Purpose",
    "QrisCode",
    "QrisState",
    "Reach",
    "Refund",
    "RefundLine",
    "ReportedDocument",
    "ReportedSale",
    "ShippingService",
    "ShippingZone",
    "SoldAt",
    "StandDiscard",
    "StandLine",
    "StandReturn",
    "StandReturnLine",
    "StandSale",
    "Statement",
    "StatementRow",
    "Voucher",
    "VoucherUse",
    "Way",
]
