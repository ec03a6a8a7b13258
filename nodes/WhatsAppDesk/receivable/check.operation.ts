import { checkReceivable } from '../../../engine/index';
import type { DeskOperation } from '../desk-operation';
import { NO_REMINDER, receivableJson, selectedOf, selectFields } from './fields';

export const checkOperation: DeskOperation = {
	value: 'check',
	name: 'Check',
	action: 'Check whether a receivable may be reminded of',
	description: 'Ask again right before sending: "open" says whether all that is meant may still be reminded of',
	properties: selectFields,
	run: async (call) => {
		const { keys } = await selectedOf(call);
		if (keys.length === 0)
			return { open: false, code: NO_REMINDER.result, reason: NO_REMINDER.explanation, receivables: [] };
		const checks = await Promise.all(keys.map((key) => checkReceivable(call.desk, key)));
		const first = checks.find(({ open }) => !open) ?? checks[0]!;
		const receivables = checks.map(({ receivable, ...check }, i) => ({
			...{ ...keys[i]!, open: check.open, code: check.code, reason: check.reason },
			...(receivable === null ? {} : receivableJson(receivable)),
		}));
		// The item goes on with all it carried, ready to be sent.
		return { ...call.item.json, open: first.open, code: first.code, reason: first.reason, receivables };
	},
};
