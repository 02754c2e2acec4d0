"""What the register keeps to itself: phone numbers under seal, and the masks through which the public sees people."""

from models.ciphers.boxes import box_keys, use_boxes
from models.ciphers.keys import Sealer, SealError, data_key, derive
from models.ciphers.marks import marks_of, use_marks
from models.ciphers.masks import mask_address, mask_name, mask_phone
from models.ciphers.phones import PhoneBook, book, rotate, use

__all__ = [
    "PhoneBook",
    "SealError",
    "Sealer",
    "book",
    "box_keys",
    "data_key",
    "derive",
    "marks_of",
    "mask_address",
    "mask_name",
    "mask_phone",
    "rotate",
    "use",
    "use_boxes",
    "use_marks",
]
