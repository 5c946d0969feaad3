"""The annual report of 青禾智能装备股份有限公司, an invented maker of farm machines."""
