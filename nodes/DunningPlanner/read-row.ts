/** Which receivable is this item? By the names the engine knows, or by those the supervisor mapped. */
import type { IDataObject } from 'n8n-workflow';
import { readReceivable } from '../../engine';
import type { ReceivableReading } from '../../engine';
import { itemParameters } from '../shared/item-parameters';
import type { ReadParameter } from '../shared/read-parameter';

export type ReadRow = (json: IDataObject, creditorKey: string) => ReceivableReading;

/** Field names are the same for all items of a run. */
export function rowReader(read: ReadParameter): ReadRow {
	const names = itemParameters(read, 0)
		.rows('fieldNames', 'field')
		.map(({ field, path }) => ({ field: text(field), path: pathOf(text(path)) }))
		.filter(({ field, path }) => field !== '' && path.length > 0);
	return (json, creditor) => {
		const mapped = names.map(({ field, path }) => ({ field, name: path.join('.'), value: valueAt(json, path) }));
		return readReceivable(json, { creditor }, mapped);
	};
}

/** 'parcelas[0].vencimento' → parcelas, 0, vencimento */
function pathOf(path: string): string[] {
	return path
		.replace(/^\$json\.?/, '')
		.split(/[.[\]]/)
		.map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
		.filter((part) => part !== '');
}

/** A name that holds a dot itself is found too. */
function valueAt(json: IDataObject, path: string[]): unknown {
	const whole = path.join('.');
	if (whole in json) return json[whole];
	return path.reduce<unknown>(
		(value, name) => (typeof value === 'object' && value !== null ? (value as IDataObject)[name] : undefined),
		json,
	);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
