"""The annual report of Harbourlight Instruments plc, an invented maker of marine sensors."""
