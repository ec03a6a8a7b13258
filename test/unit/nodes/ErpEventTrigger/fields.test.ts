import { ERP_KINDS, ERP_PRESETS } from '../../../../engine';
import { GENERIC_FIELDS } from '../../../../engine/erp/presets/generic';
import { fields } from '../../../../nodes/ErpEventTrigger/fields';

const valuesOf = (options: unknown) => (options as Array<{ value: string }>).map(({ value }) => value).sort();
const field = (name: string) => fields.find((each) => each.name === name)!;
const column = (name: string, at: number) =>
	(field(name).options as Array<{ values: Array<{ options?: unknown }> }>)[0]!.values[at]!.options;

describe('the fields of the ERP Event Trigger', () => {
	it('offer every system there is', () => {
		expect(valuesOf(field('system').options)).toEqual(Object.keys(ERP_PRESETS).sort());
	});

	it('offer every kind of event there is', () => {
		expect(valuesOf(field('events').options)).toEqual([...ERP_KINDS].sort());
		expect(valuesOf(column('kinds', 1))).toEqual([...ERP_KINDS].sort());
	});

	it('offer every field that a generic notice can have', () => {
		expect(valuesOf(column('paths', 0))).toEqual([...GENERIC_FIELDS].sort());
	});
});
