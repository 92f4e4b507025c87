//! Colours.

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    /// From `0xRRGGBB`.
    pub(super) const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// This colour at 0, `other` at 1.
    pub(super) fn mix(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        let between = |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * share + 0.5) as u8;
        Self(
            between(self.0, other.0),
            between(self.1, other.1),
            between(self.2, other.2),
        )
    }

    /// Relative luminance, 0 black to 1 white (WCAG 2.1; its curve is near enough to a power of 2.2).
    pub(super) fn luminance(self) -> f32 {
        let linear = |value: u8| libm::powf(f32::from(value) / 255.0, 2.2);
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}
