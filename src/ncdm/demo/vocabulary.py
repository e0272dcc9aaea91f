"""The words that real exports use: countries, visits, folders, items, tests, actions."""

from datetime import date

COUNTRIES: dict[str, tuple[str, str, float]] = {
    "ARG": ("AMERICA", "ARGENTINA", 1.0),
    "BRA": ("AMERICA", "BRAZIL", 1.0),
    "CAN": ("AMERICA", "CANADA", 1.3),
    "MEX": ("AMERICA", "MEXICO", 0.4),
    "USA": ("AMERICA", "UNITED STATES OF AMERICA", 8.0),
    "AUS": ("ASIA", "AUSTRALIA", 1.3),
    "CHN": ("ASIA", "CHINA", 4.5),
    "IND": ("ASIA", "INDIA", 1.2),
    "JPN": ("ASIA", "JAPAN", 3.0),
    "KOR": ("ASIA", "KOREA (THE REPUBLIC OF)", 3.0),
    "SGP": ("ASIA", "SINGAPORE", 0.7),
    "TWN": ("ASIA", "TAIWAN", 1.5),
    "AUT": ("EMEA", "AUSTRIA", 0.2),
    "BEL": ("EMEA", "BELGIUM", 0.7),
    "CZE": ("EMEA", "CZECHIA", 1.1),
    "DEU": ("EMEA", "GERMANY", 4.3),
    "DNK": ("EMEA", "DENMARK", 0.4),
    "ESP": ("EMEA", "SPAIN", 2.0),
    "FRA": ("EMEA", "FRANCE", 2.5),
    "GBR": ("EMEA", "UNITED KINGDOM", 0.6),
    "HUN": ("EMEA", "HUNGARY", 0.6),
    "ISR": ("EMEA", "ISRAEL", 0.9),
    "ITA": ("EMEA", "ITALY", 1.5),
    "POL": ("EMEA", "POLAND", 0.4),
    "TUR": ("EMEA", "TURKEY", 1.9),
    "ZAF": ("EMEA", "SOUTH AFRICA", 0.4),
}
"""Region, full name and weight of each ISO alpha-3 country."""

NO_REGION = "PRK"
"""The implausible country of which exports know no region."""

SCHEDULES: dict[str, tuple[tuple[str, int], ...]] = {
    "cycles": (("Screening", 0), *((f"Cycle {c} Day {d}", 14 + 28 * (c - 1) + d - 1) for c in range(1, 9) for d in (1, 15))),
    "weeks": (("Screening", 0), ("Day 1", 28), *((f"Week {w}", 28 + 7 * w) for w in range(4, 112, 4))),
    "fractions": (
        ("Screening", 0),
        ("First Fraction (SBRT)", 21),
        ("Cycle 1 Week 1", 28),
        ("Cycle 1 Week 3", 42),
        ("Cycle 2 Week 1", 70),
        ("Last Fraction (EOT1)", 98),
        ("EOT2/Safety FU (42D)", 140),
        ("Efficacy FU 1", 230),
        ("Long term safety FU 1", 320),
    ),
    "months": (
        ("Screening", 0),
        ("Baseline", 28),
        ("Randomization", 35),
        *((f"Month {m}", 35 + 30 * m) for m in (3, 6, 9, 12, 15, 18)),
        ("EOS", 600),
    ),
    "follow-up": (
        ("Screening 1", 0),
        ("Screening 2", 14),
        ("Baseline", 28),
        *((f"Week {w}", 28 + 7 * w) for w in range(2, 52, 2)),
        ("Week 52/EOT", 392),
        ("Week 60/F8", 448),
        ("Week 68/F16", 504),
        ("Week 76/F24/EOS", 560),
    ),
    "days": (("Screening", 0), ("Baseline", 14), *((f"Day {d}", 15 + d) for d in (1, 2, 3, 4, 21, 28, 56, 84))),
    "codes": (("Screening", 0), *((f"W{w}D{d}", 14 + 7 * (w - 1) + d) for w in range(1, 9) for d in (1, 3)), ("End of Treatment", 90)),
    "long": (("Screening", 0), *((f"Month{m}", 30 * m) for m in range(3, 48, 6))),
}
"""Visits of a protocol with their day from the first."""

LOG_FOLDERS = ("Adverse Event", "Concomitant Medication", "Medical History", "Study Treatment", "Disposition", "Non-drug therapies")

FIELD_OIDS = (
    "SVSTDT",
    "AEOUT",
    "DSSTDAT",
    "ECENDAT",
    "AEYN",
    "VSRESN",
    "PCDAT",
    "SSTAT",
    "CMYN",
    "CMTRT",
    "MHTERM",
    "AECONTRT",
    "LBDAT",
    "ECSTDAT",
    "EGRESN",
    "AEENDAT",
    "VEOCCUR",
    "DSDECOD",
    "PRSTDAT",
    "CMSTDAT",
    "MHSTDAT",
    "ASSDATE",
    "ECDOSE",
    "AETERM",
    "ECREASCH",
    "AEACN",
    "FARESN_6",
    "AEREL",
    "ECTYCHG",
    "AESTTIM",
    "PROCCUR",
    "AESTDAT",
    "CMENDAT",
    "SMPTAK",
    "LYM_LBVALUE",
    "SEX",
    "CREAT_LBVALUE",
)

LAB_TESTS: dict[str, tuple[tuple[str, str], ...]] = {
    "CHEMISTRY": (
        ("EGFR", "Estimated\nglomerular filtration\nrate"),
        ("ALB", "Albumin"),
        ("ALP", "Alkaline\nphosphatase"),
        ("ALT", "Alanine\naminotransferase"),
        ("AST", "Aspartate\naminotransferase"),
        ("BILI", "Bilirubin"),
        ("CA", "Calcium"),
        ("CREAT", "Creatinine"),
        ("GLUCSF", "Glucose, serum,\nfasting"),
        ("K", "Potassium"),
        ("MG", "Magnesium"),
        ("SODIUM", "Sodium"),
        ("LDH", "Lactate\ndehydrogenase"),
        ("PHOS", "Phosphate"),
    ),
    "HEMATOLOGY": (
        ("PLAT", "Platelets"),
        ("WBC", "Leukocytes"),
        ("NEUT", "Neutrophils\n(absolute)"),
        ("HGB", "Hemoglobin"),
        ("LYM", "Lymphocytes\n(absolute)"),
        ("BASO", "Basophils (absolute)"),
        ("EOS", "Eosinophils\n(absolute)"),
        ("MONO", "Monocytes\n(absolute)"),
        ("INR", "Prothrombin intl.\nnormalized ratio"),
    ),
    "URINALYSIS": (("UPHST", "Urine pH dipstick"), ("UBLOST", "Urine blood dipstick"), ("USPGRST", "Urine specific\ngravity dipstick")),
}

NO_NAME = "Missing Lab name"
NO_RANGE = "Ranges/ Units not entered"
LAB_OWNER = {NO_NAME: "Action for Site", NO_RANGE: "Action for CRA"}

CONTINUING = "Subject continuing"
STOPPED = "Subject discontinued from study at this visit"
NO_VISIT_DATE = "Missing visit date"
SEVERAL = "#MULTIVALUE"

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def spaced(day: date, *, pad: bool = True) -> str:
    """``05 NOV 2025``, or ``5 NOV 2025`` without padding."""
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}" if pad else f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def titled(day: date) -> str:
    """``05 Nov 2025``."""
    return f"{day.day:02d} {MONTHS[day.month - 1].title()} {day.year}"


def dashed(day: date) -> str:
    """``05-NOV-2025``."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"


def joined(day: date) -> str:
    """``05NOV2025``."""
    return f"{day.day:02d}{MONTHS[day.month - 1]}{day.year}"
