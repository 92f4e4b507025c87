//! The kits, one table each.

use super::Kit;
use super::cymbal;
use super::membrane::{Kick, Tom};
use super::snare::Snare;

/// A well-tuned studio kit.
pub(super) const ACOUSTIC: Kit = Kit {
    metal: cymbal::CAST,
    kick: Kick {
        floor: 52.0,
        drop: 110.0,
        drop_time: 0.018,
        decay: 0.42,
        click: 0.55,
        drive: 1.3,
    },
    snare: Snare {
        tone: 186.0,
        ring: 0.20,
        shell: 0.75,
        wires: 0.55,
        wires_decay: 0.30,
        corner: 760.0,
        drive: 1.2,
    },
    tom: Tom { ring: 0.75, skin: 0.30 },
    gated: false,
};

/// Jazz, with brushes.
pub(super) const BRUSH: Kit = Kit {
    metal: cymbal::DARK,
    kick: Kick {
        floor: 56.0,
        drop: 60.0,
        drop_time: 0.020,
        decay: 0.34,
        click: 0.18,
        drive: 1.0,
    },
    snare: Snare {
        tone: 196.0,
        ring: 0.14,
        shell: 0.28,
        wires: 0.42,
        wires_decay: 0.42,
        corner: 1200.0,
        drive: 1.0,
    },
    tom: Tom { ring: 0.55, skin: 0.22 },
    gated: false,
};

/// Layered samples of pop and synthwave.
pub(super) const ELECTRONIC: Kit = Kit {
    metal: cymbal::MACHINE,
    kick: Kick {
        floor: 46.0,
        drop: 160.0,
        drop_time: 0.022,
        decay: 0.55,
        click: 0.40,
        drive: 1.8,
    },
    snare: Snare {
        tone: 178.0,
        ring: 0.16,
        shell: 0.55,
        wires: 0.75,
        wires_decay: 0.36,
        corner: 640.0,
        drive: 1.6,
    },
    tom: Tom { ring: 0.60, skin: 0.10 },
    gated: false,
};

/// Off an old record, through a sampler.
pub(super) const BOOM_BAP: Kit = Kit {
    metal: cymbal::DUSTY,
    kick: Kick {
        floor: 54.0,
        drop: 90.0,
        drop_time: 0.024,
        decay: 0.36,
        click: 0.45,
        drive: 2.2,
    },
    snare: Snare {
        tone: 204.0,
        ring: 0.15,
        shell: 0.70,
        wires: 0.60,
        wires_decay: 0.22,
        corner: 560.0,
        drive: 2.2,
    },
    tom: Tom { ring: 0.50, skin: 0.30 },
    gated: false,
};

/// The drum machine of house and techno: hard kick, sizzling hats.
pub(super) const HOUSE: Kit = Kit {
    metal: cymbal::MACHINE,
    kick: Kick {
        floor: 50.0,
        drop: 210.0,
        drop_time: 0.016,
        decay: 0.40,
        click: 0.60,
        drive: 1.9,
    },
    snare: Snare {
        tone: 210.0,
        ring: 0.12,
        shell: 0.50,
        wires: 0.80,
        wires_decay: 0.24,
        corner: 720.0,
        drive: 1.5,
    },
    tom: Tom { ring: 0.45, skin: 0.10 },
    gated: false,
};

/// The small grey drum machine of trap: its kick is a knock, for the bass is an 808 already.
pub(super) const TRAP: Kit = Kit {
    metal: cymbal::MACHINE,
    kick: Kick {
        floor: 48.0,
        drop: 190.0,
        drop_time: 0.014,
        decay: 0.34,
        click: 0.65,
        drive: 2.4,
    },
    snare: Snare {
        tone: 188.0,
        ring: 0.11,
        shell: 0.60,
        wires: 0.85,
        wires_decay: 0.20,
        corner: 1100.0,
        drive: 1.9,
    },
    tom: Tom { ring: 0.55, skin: 0.06 },
    gated: false,
};

/// The eighties: a big room, cut off.
pub(super) const GATED: Kit = Kit {
    metal: cymbal::CAST,
    kick: Kick {
        floor: 50.0,
        drop: 130.0,
        drop_time: 0.018,
        decay: 0.38,
        click: 0.75,
        drive: 1.8,
    },
    snare: Snare {
        tone: 172.0,
        ring: 0.20,
        shell: 0.75,
        wires: 0.80,
        wires_decay: 0.30,
        corner: 620.0,
        drive: 1.7,
    },
    tom: Tom { ring: 0.55, skin: 0.20 },
    gated: true,
};

/// Gran cassa, field drum, and taiko for toms.
pub(super) const ORCHESTRAL: Kit = Kit {
    metal: cymbal::GRAND,
    kick: Kick {
        floor: 44.0,
        drop: 34.0,
        drop_time: 0.050,
        decay: 1.5,
        click: 0.30,
        drive: 1.2,
    },
    snare: Snare {
        tone: 205.0,
        ring: 0.22,
        shell: 0.60,
        wires: 0.55,
        wires_decay: 0.34,
        corner: 900.0,
        drive: 1.1,
    },
    tom: Tom { ring: 1.35, skin: 0.75 },
    gated: false,
};

/// A cajón and what lies around it.
pub(super) const LATIN: Kit = Kit {
    metal: cymbal::DARK,
    kick: Kick {
        floor: 82.0,
        drop: 34.0,
        drop_time: 0.016,
        decay: 0.26,
        click: 0.60,
        drive: 1.2,
    },
    snare: Snare {
        tone: 245.0,
        ring: 0.09,
        shell: 0.55,
        wires: 0.50,
        wires_decay: 0.11,
        corner: 1300.0,
        drive: 1.1,
    },
    tom: Tom { ring: 0.50, skin: 0.40 },
    gated: false,
};
