/**
 * Area codes with which a phone number has ten digits, as in the United States, but rings elsewhere or
 * costs more. Source: Google's libphonenumber, in its npm package `libphonenumber-js` 1.13.16.
 */
const ELSEWHERE = new Set(
	[
		// Canada, with its codes for no place.
		'204 226 236 249 250 257 263 273 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437',
		'438 450 460 468 474 506 514 519 548 579 581 584 587 600 604 613 622 633 639 644 647 655 672 677',
		'683 688 705 709 742 753 778 780 782 807 819 825 867 873 879 902 905 942',
		// Bermuda and the Caribbean, without Puerto Rico and the U.S. Virgin Islands.
		'242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876',
		// Of no place: toll-free, personal, of the government, and premium rates.
		'800 822 833 844 855 866 877 888 500 521 522 523 524 525 526 527 528 529 532 533 535 538 542 543',
		'544 545 546 547 549 550 552 553 554 555 556 566 569 577 578 588 589 700 710 900 976',
	]
		.join(' ')
		.split(' '),
);

/** An exchange of premium rates, in each area. */
const PREMIUM_EXCHANGE = '976';

/** An area and an exchange, neither of which begins with 0 or 1; and no area ends like 911. */
const NUMBER = /^[2-9](?!11)\d\d[2-9]\d{6}$/;

/** Whether ten digits are the number of a person in the United States or their territories. */
export const isUsPhone = (digits: string) =>
	NUMBER.test(digits) &&
	!ELSEWHERE.has(digits.slice(0, 3)) &&
	digits.slice(3, 6) !== PREMIUM_EXCHANGE;
