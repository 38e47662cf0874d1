from expo.models.edition import Edition, Hall, Mode, Phase, SecondLook
from expo.models.mail import MailEvent, MailState, OutgoingMail
from expo.models.picture import Picture
from expo.models.recipient import Recipient
from expo.models.region import Region, RegionLevel, RegionVintage, Village

__all__ = [
    "Edition",
    "Hall",
    "MailEvent",
    "MailState",
    "Mode",
    "OutgoingMail",
    "Phase",
    "Picture",
    "Recipient",
    "Region",
    "RegionLevel",
    "RegionVintage",
    "SecondLook",
    "Village",
]
