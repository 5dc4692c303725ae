"""Models of pydantic and classes of attrs, each command returning what it got, for tests there and back."""

from __future__ import annotations

import datetime
import decimal
import enum
import uuid
from dataclasses import dataclass
from typing import Dict, List, Optional, Set

from attrs import define, field, validators
from pydantic import BaseModel, ConfigDict, Field, RootModel, computed_field, field_validator

from typedpool import command


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Address(BaseModel):
    """Where one lives."""

    street: str
    zip_code: str = Field(alias="zipCode", description="The code.", max_length=5)


class Customer(BaseModel):
    """A model with something of everything."""

    model_config = ConfigDict(extra="forbid")

    name: str
    color: Color
    balance: decimal.Decimal
    since: datetime.datetime
    born: datetime.date
    took: datetime.timedelta
    id: uuid.UUID
    address: Optional[Address] = None
    tags: Set[str] = set()
    friends: List[Customer] = []
    ratio: float = 0.5

    @computed_field
    @property
    def shout(self) -> str:
        """The name, loud."""
        return self.name.upper()

    @field_validator("name")
    @classmethod
    def check_name(cls, value: str) -> str:
        if value == "nobody":
            raise ValueError("somebody is needed")
        return value


class Strict(BaseModel):
    model_config = ConfigDict(strict=True)

    when: datetime.date
    amount: decimal.Decimal
    color: Color


class Ids(RootModel[List[int]]):
    """Numbers that stand for themselves."""


@dataclass
class Holder:
    """A dataclass around a model."""

    address: Address
    color: Color


@define
class Item:
    """Something to buy.

    Attributes:
        price: In cents.
    """

    name: str
    price: int = field(validator=validators.ge(0))
    _secret: str = "s"
    tags: List[str] = field(factory=list)
    twice: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.twice = 2 * self.price


@command
def echo_customer(value: Customer) -> Customer:
    return value


@command
def echo_strict(value: Strict) -> Strict:
    return value


@command
def echo_ids(value: Ids) -> Ids:
    return value


@command
def echo_holder(value: Holder) -> Holder:
    return value


@command
def first_address(values: Dict[str, List[Address]], fallback: Optional[Address] = None) -> Optional[Address]:
    return next((addresses[0] for addresses in values.values() if addresses), fallback)


@command
def echo_item(value: Item) -> Item:
    return value


@command
def wrong_address() -> Address:
    return Address.model_construct(street=5, zip_code="1")
