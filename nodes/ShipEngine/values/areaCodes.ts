/**
 * Area codes with which a phone number has ten digits, as in the United States, but rings elsewhere or
 * costs more. Source: Google's libphonenumber (metadata of 2026), against which the tests hold it.
 */
const ELSEWHERE = new Set(
	[
		// Canada, with its codes for no place.
		'204 226 236 249 250 257 263 273 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437',
		'438 450 460 468 474 506 514 519 548 579 581 584 587 600 604 613 622 633 639 644 647 655 672 677',
		'683 688 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942',
		// Bermuda and the Caribbean, without Puerto Rico and the U.S. Virgin Islands.
		'242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876',
		// Premium rates.
		'900 976',
	]
		.join(' ')
		.split(' '),
);

/** An exchange of premium rates, in each area. */
const PREMIUM_EXCHANGE = '976';

/** Whether a number of ten digits is one of the United States or their territories, at no more than the usual rates. */
export const isUsPhone = (digits: string) =>
	!ELSEWHERE.has(digits.slice(0, 3)) && digits.slice(3, 6) !== PREMIUM_EXCHANGE;
